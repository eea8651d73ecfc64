package io.penstock.manager.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterceptLifecycleTest {
    private static final InterceptEvent[] COLUMNS = {
        InterceptEvent.LIVE,
        InterceptEvent.UNLINKED,
        InterceptEvent.NO_AGENT,
        InterceptEvent.GATEWAY_LOST,
        InterceptEvent.LEAVE,
        InterceptEvent.EXPIRED,
        InterceptEvent.DRAINED
    };

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    PENDING   | ACTIVE   PENDING   PENDING   SUSPENDED DRAINING illegal illegal
                    ACTIVE    | ACTIVE   SUSPENDED SUSPENDED SUSPENDED DRAINING illegal illegal
                    SUSPENDED | ACTIVE   SUSPENDED SUSPENDED SUSPENDED DRAINING ENDED   illegal
                    DRAINING  | DRAINING DRAINING  DRAINING  DRAINING  DRAINING ENDED   ENDED
                    ENDED     | ENDED    ENDED     ENDED     ENDED     ENDED    ENDED   ENDED
                    """)
    void followsTheWholeTable(InterceptState state, String row) {
        String[] cells = row.trim().split(" +");

        assertThat(cells).hasSameSizeAs(InterceptEvent.values());
        for (int i = 0; i < cells.length; i++) {
            InterceptEvent event = COLUMNS[i];
            if (cells[i].equals("illegal")) {
                assertThatThrownBy(() -> InterceptLifecycle.next(state, event))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(state + ": " + event);
            } else {
                assertThat(InterceptLifecycle.next(state, event))
                        .as("%s x %s", state, event)
                        .isEqualTo(InterceptState.valueOf(cells[i]));
            }
        }
    }
}
