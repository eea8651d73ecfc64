package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.flow.CreditPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReceivedOffsetTest {

    private final ReceivedOffset offset = new ReceivedOffset();

    @Test
    void isDueAfterSixtyFourKibibytes() {
        offset.add(64 * 1024 - 1);
        assertThat(offset.isAckDue()).isFalse();
        offset.add(1);
        assertThat(offset.isAckDue()).isTrue();

        assertThat(offset.acknowledge()).isEqualTo(64 * 1024);
        assertThat(offset.isAckDue()).isFalse();
    }

    @Test
    void isDueAtTheTickOnlyForFramesOfStreams() {
        offset.add(16);
        assertThat(offset.isAckDueAtTick()).isFalse();
        offset.sawStreamFrame();
        assertThat(offset.isAckDueAtTick()).isTrue();
        offset.acknowledge();
        assertThat(offset.isAckDueAtTick()).isFalse();
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> new LinkSettings(
                        CreditPolicy.defaults(),
                        1,
                        KeepAlivePolicy.defaults(),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO))
                .hasMessage("maxUnacknowledged: 1 (expected: >= 256 KiB)");
        assertThat(LinkSettings.defaults().maxUnacknowledged()).isEqualTo(8 << 20);
    }
}
