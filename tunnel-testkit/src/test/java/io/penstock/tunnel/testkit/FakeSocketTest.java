package io.penstock.tunnel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import org.junit.jupiter.api.Test;

final class FakeSocketTest {

    private final InMemoryLink link = new InMemoryLink();
    private final MuxStream stream = link.open(new RecordingListener());
    private final FakeSocket socket = new FakeSocket(stream, link.agent().allocator(), true);

    @Test
    void refusesBytesThatAreNotTheNext() {
        assertThatThrownBy(() -> socket.onData(Unpooled.copiedBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8})))
                .hasMessageContaining("wrong bytes");
    }

    @Test
    void refusesEventsAfterTheLast() {
        socket.onClosed(CloseCause.byPeer(ResetCode.CANCELLED, ""));

        assertThatThrownBy(socket::onWritable).hasMessageContaining("onWritable after");
        assertThatThrownBy(socket::onHalfClosed).hasMessageContaining("onHalfClosed after");
        assertThatThrownBy(socket::onAccepted).hasMessageContaining("onAccepted after");
    }

    @Test
    void refusesACleanEndThatIsNoWhole() {
        assertThatThrownBy(() -> socket.onClosed(CloseCause.CLEAN)).hasMessageContaining("clean end");
    }

    @Test
    void refusesToBeWokenWithoutWaiting() {
        assertThatThrownBy(socket::onWritable).hasMessageContaining("without waiting");
    }

    @Test
    void tellsShiftedAndSwappedContentApart() {
        var right = new Pattern(1);
        var bytes = Unpooled.buffer();
        right.write(bytes, 16_384, 16_384);

        right.check(bytes, 16_384, "here");
        assertThatThrownBy(() -> right.check(bytes, 0, "here")).hasMessageStartingWith("here: wrong bytes");
        assertThatThrownBy(() -> new Pattern(2).check(bytes, 16_384, "here")).hasMessageContaining("wrong");
        assertThat(bytes.readableBytes()).isEqualTo(16_384);
    }
}
