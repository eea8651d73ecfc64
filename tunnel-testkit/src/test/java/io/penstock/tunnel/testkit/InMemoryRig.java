package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.link.Carrier;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.stream.CloseCause;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The carrier in memory, for {@link CarrierContract}.
 *
 * <p><em>Loop-confined</em>.
 */
final class InMemoryRig implements CarrierRig {

    private final LinkEnd end = new LinkEnd(LinkSide.AGENT, LinkTerms.defaults(), 64 * 1024);
    private final InMemoryCarrier far = new InMemoryCarrier(end.loop(), Integer.MAX_VALUE);
    private final ByteBuf received = Unpooled.buffer();
    private boolean sawEnd;

    InMemoryRig() {
        InMemoryCarrier.join(end.carrier(), end.reader(), far, new Far());
    }

    @Override
    public Carrier carrier() {
        return end.carrier();
    }

    @Override
    public Link link() {
        return end.link();
    }

    @Override
    public RecordingService service() {
        return end.service();
    }

    @Override
    public boolean isOnLoop() {
        return end.loop().isInLoop();
    }

    @Override
    public void cut() {
        end.carrier().cut();
    }

    @Override
    public @Nullable CloseCause linkClosed() {
        return end.service().closeCause();
    }

    @Override
    public void onLoop(Runnable task) {
        end.loop().execute(task);
        pump();
    }

    @Override
    public void await(BooleanSupplier condition) {
        pump();
        if (!condition.getAsBoolean()) {
            throw new AssertionError("the condition does not hold, and nothing more happens");
        }
    }

    private void pump() {
        boolean busy = true;
        while (busy) {
            boolean ran = end.loop().runNext();
            boolean sent = end.carrier().deliver(10_000);
            busy = far.deliver(3) || ran || sent;
        }
    }

    @Override
    public void peerSends(byte[] bytes) {
        far.write(Unpooled.copiedBuffer(bytes));
        far.flush();
    }

    @Override
    public void peerReads(boolean wanted) {
        far.read(wanted);
    }

    @Override
    public byte[] peerReceived() {
        return ByteBufUtil.getBytes(received);
    }

    @Override
    public void peerCloses() {
        far.close();
    }

    @Override
    public boolean peerSawEnd() {
        return sawEnd;
    }

    @Override
    public void close() {
        end.carrier().cut();
        pump();
    }

    private final class Far implements CarrierReader {
        @Override
        public void onBytes(ByteBuf bytes) {
            received.writeBytes(bytes);
        }

        @Override
        public void onCarrierWritable() {}

        @Override
        public void onCarrierLost(String detail) {
            sawEnd = true;
        }
    }
}
