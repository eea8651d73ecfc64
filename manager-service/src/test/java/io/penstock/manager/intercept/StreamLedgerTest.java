package io.penstock.manager.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StreamLedgerTest {
    private static final InterceptId ID = new InterceptId("i-1");

    private final StreamLedger ledger = new StreamLedger();

    private static StreamCounts counts(long open, long opened) {
        return new StreamCounts(
                open, opened, Map.of("NONE", opened - open), Map.of(), new StreamCounts.Bytes(opened * 10, 0, 0));
    }

    @Test
    void sumsTheNewestWordOfEachAgent() {
        ledger.record(ID, "one", counts(1, 5));
        ledger.record(ID, "one", counts(2, 8));
        ledger.record(ID, "two", counts(3, 3));

        assertThat(ledger.total(ID))
                .isEqualTo(new StreamCounts(5, 11, Map.of("NONE", 6L), Map.of(), new StreamCounts.Bytes(110, 0, 0)));
    }

    @Test
    void neverShrinksWhenAgentsGoOrStartAgain() {
        ledger.record(ID, "one", counts(2, 8));
        ledger.depart("one");
        assertThat(ledger.total(ID).open()).isZero();
        assertThat(ledger.total(ID).opened()).isEqualTo(8);

        ledger.record(ID, "one", counts(1, 9));
        assertThat(ledger.total(ID).opened()).isEqualTo(9);

        ledger.record(ID, "one", counts(1, 1));
        assertThat(ledger.total(ID).opened()).isEqualTo(10);
        assertThat(ledger.total(ID).open()).isEqualTo(1);
    }

    @Test
    void keepsTheTotalOfMoreAgentsThanItRemembers() {
        for (int i = 0; i < 1000; i++) {
            ledger.record(ID, "agent-" + i, counts(0, 1));
        }

        assertThat(ledger.total(ID).opened()).isEqualTo(1000);
        ledger.retain(Set.of());
        assertThat(ledger.total(ID)).isEqualTo(StreamCounts.ZERO);
    }
}
