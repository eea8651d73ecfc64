package io.penstock.tunnel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class OutboundQueueTest {

    private final OutboundQueue queue = new OutboundQueue();

    @Test
    void cutsTheHeadAndNeverSpansTwoBuffers() {
        ByteBuf first = Unpooled.copiedBuffer(new byte[] {1, 2, 3});
        queue.add(first);
        queue.add(Unpooled.copiedBuffer(new byte[] {4}));

        ByteBuf cut = queue.take(2);
        assertThat(cut).isEqualTo(Unpooled.copiedBuffer(new byte[] {1, 2}));
        cut.release();
        assertThat(queue.take(100)).isSameAs(first);
        assertThat(first.readableBytes()).isEqualTo(1);
        first.release();

        assertThat(first.refCnt()).isZero();
        assertThat(queue.bytes()).isEqualTo(1);
        assertThat(queue.clear()).isEqualTo(1);
    }

    @Test
    void fillsAtTheHighMarkAndHasDrainedAtTheLow() {
        assertThat(queue.hasDrained()).isTrue();
        queue.add(Unpooled.wrappedBuffer(new byte[64 * 1024 - 1]));
        assertThat(queue.isFull()).isFalse();
        queue.add(Unpooled.wrappedBuffer(new byte[1]));
        assertThat(queue.isFull()).isTrue();

        queue.take(32 * 1024 - 1).release();
        assertThat(queue.hasDrained()).isFalse();
        queue.take(1).release();
        assertThat(queue.hasDrained()).isTrue();
        queue.clear();
    }

    @Test
    void refusesToTakeNothing() {
        assertThatThrownBy(() -> queue.take(1)).hasMessage("take: nothing is queued");
        assertThat(queue.clear()).isZero();
        assertThat(queue.isEmpty()).isTrue();
    }
}
