package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.flow.MemoryBudget;
import org.junit.jupiter.api.Test;

final class ReplayBufferTest {

    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final ReplayBuffer buffer = new ReplayBuffer(budget, 100);

    private ByteBuf append(int length) {
        ByteBuf bytes = Unpooled.buffer(length).writeZero(length);
        buffer.append(bytes);
        return bytes;
    }

    @Test
    void keepsAReferenceOfItsOwn() {
        ByteBuf bytes = append(10);

        bytes.skipBytes(10).release();
        assertThat(bytes.refCnt()).isEqualTo(1);
        assertThat(buffer.size()).isEqualTo(10);
        assertThat(buffer.acknowledge(10)).isTrue();

        assertThat(bytes.refCnt()).isZero();
        assertThat(budget.used()).isZero();
    }

    @Test
    void trimsInTheMiddleOfABuffer() {
        ByteBuf first = append(10);
        ByteBuf second = append(10);

        assertThat(buffer.acknowledge(15)).isTrue();

        assertThat(first.refCnt()).isEqualTo(1);
        assertThat(second.refCnt()).isEqualTo(2);
        assertThat(buffer.size()).isEqualTo(5);
        assertThat(budget.used()).isEqualTo(5);
        assertThat(buffer.acknowledge(20)).isTrue();
        assertThat(second.refCnt()).isEqualTo(1);
    }

    @Test
    void trimsManyBuffersAtOnce() {
        for (int i = 0; i < 50; i++) {
            append(3);
        }

        assertThat(buffer.acknowledge(149)).isTrue();

        assertThat(buffer.size()).isEqualTo(1);
        assertThat(buffer.end()).isEqualTo(150);
    }

    @Test
    void refusesWhatWasNeverSent() {
        append(10);

        assertThat(buffer.acknowledge(11)).isFalse();
        assertThat(buffer.size()).isEqualTo(10);
    }

    @Test
    void ignoresWhatWasAcknowledgedBefore() {
        append(10);
        buffer.acknowledge(7);

        assertThat(buffer.acknowledge(3)).isTrue();
        assertThat(buffer.acknowledge(-1)).isTrue();

        assertThat(buffer.size()).isEqualTo(3);
        assertThat(budget.used()).isEqualTo(3);
    }

    @Test
    void isFullAtItsLimitAndExceededAtTwice() {
        append(99);
        assertThat(buffer.isFull()).isFalse();
        append(1);
        assertThat(buffer.isFull()).isTrue();
        append(100);
        assertThat(buffer.isExceeded()).isFalse();
        append(1);
        assertThat(buffer.isExceeded()).isTrue();
    }

    @Test
    void givesEverythingBackWhenCleared() {
        ByteBuf bytes = append(10);
        buffer.acknowledge(4);

        buffer.clear();
        buffer.clear();

        assertThat(bytes.refCnt()).isEqualTo(1);
        assertThat(budget.used()).isZero();
        assertThat(buffer.size()).isZero();
    }
}
