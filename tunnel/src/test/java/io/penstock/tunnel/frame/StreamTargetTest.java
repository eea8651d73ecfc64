package io.penstock.tunnel.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class StreamTargetTest {

    @Test
    void countsBytesNotCharacters() {
        assertThat(new StreamTarget("é".repeat(127), 80, "").interceptId()).hasSize(127);
        assertThatThrownBy(() -> new StreamTarget("é".repeat(128), 80, ""))
                .hasMessageContaining("at most 255 bytes of UTF-8");
        assertThatThrownBy(() -> new StreamTarget("i", 80, "é".repeat(128)))
                .hasMessageContaining("at most 255 bytes of UTF-8");
    }

    @Test
    void writesWhatItAccepts() {
        StreamTarget widest = new StreamTarget("i".repeat(255), 80, "p".repeat(255));
        var out = Unpooled.buffer();

        FrameEncoder.encode(new Frame.Open(1, widest), out);

        assertThat(out.readableBytes()).isEqualTo(Frame.HEADER_LENGTH + 2 + 256 + 256);
    }

    @Test
    void refusesAnEmptyIdAndImpossiblePorts() {
        assertThatThrownBy(() -> new StreamTarget("", 80, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StreamTarget("i", 0, "")).hasMessage("capturePort: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> new StreamTarget("i", 65536, ""))
                .hasMessage("capturePort: 65536 (expected: 1 to 65535)");
    }

    @Test
    void countsAsReachedOnlyWhatMayHaveReachedAnApp() {
        assertThat(ResetCode.values())
                .filteredOn(ResetCode::reachedNobody)
                .containsExactly(
                        ResetCode.APP_REFUSED,
                        ResetCode.DIAL_TIMEOUT,
                        ResetCode.DIAL_FAILED,
                        ResetCode.UNKNOWN_TARGET,
                        ResetCode.REFUSED_MEMORY,
                        ResetCode.REFUSED_LIMIT,
                        ResetCode.GOING_AWAY);
        for (ResetCode code : ResetCode.values()) {
            assertThat(ResetCode.ofWire(code.wire())).isEqualTo(code);
            assertThat(code.meaning()).isNotBlank().doesNotEndWith(".");
        }
        assertThat(ResetCode.ofWire(-1)).isEqualTo(ResetCode.INTERNAL_ERROR);
    }
}
