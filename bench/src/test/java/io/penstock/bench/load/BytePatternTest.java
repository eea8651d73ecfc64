package io.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class BytePatternTest {
    @Test
    void matchesItselfAtEveryOffset() {
        for (long offset : new long[] {0, 1, 65_520, 65_521, 65_522, 1L << 40}) {
            assertThat(BytePattern.matches(offset, BytePattern.at(offset, 5000)))
                    .isTrue();
        }
    }

    @Test
    void matchesAPieceLongerThanItsPeriod() {
        ByteBuf piece = Unpooled.copiedBuffer(BytePattern.at(7, 60_000), BytePattern.at(60_007, 60_000));

        assertThat(BytePattern.matches(7, piece)).isTrue();
    }

    @Test
    void doesNotMatchABlockThatCameTwice() {
        assertThat(BytePattern.matches(16_384, BytePattern.at(0, 16_384))).isFalse();
    }
}
