package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A socket with its relay, at one end of a stream: sends content by position, takes what comes at the pace of the test, and checks
 * each byte, that no event follows the last, and that a clean end is a whole one.
 *
 * <p><em>Loop-confined</em>.
 */
public final class FakeSocket implements StreamListener {

    private final MuxStream stream;
    private final ByteBufAllocator allocator;
    private final boolean opener;
    private final Pattern outgoing;
    private final Pattern incoming;
    private final ArrayDeque<ByteBuf> inHand = new ArrayDeque<>();
    private final Progress progress = new Progress();
    private @Nullable FakeSocket peer;

    /** What has happened so far. Loop-confined. */
    private static final class Progress {
        long sent;
        long received;
        long taken;
        boolean waits;
        boolean accepted;
        boolean closing;
        boolean peerHalfClosed;

        @Nullable
        CloseCause cause;
    }

    /** @param opened whether this end opened the stream */
    public FakeSocket(MuxStream stream, ByteBufAllocator allocator, boolean opened) {
        this.stream = stream;
        this.allocator = allocator;
        this.opener = opened;
        this.outgoing = new Pattern(stream.id() * 2 + (opened ? 1 : 0));
        this.incoming = new Pattern(stream.id() * 2 + (opened ? 0 : 1));
    }

    /** Names the socket at the other end, so that ends can be compared. */
    public void faces(FakeSocket other) {
        peer = other;
        other.peer = this;
    }

    // What the socket does.

    /** Reads up to {@code length} bytes off the imagined wire and sends them, if the stream wants them; returns how many. */
    public int send(int length) {
        if (progress.closing || isClosed() || !stream.isWritable()) {
            progress.waits |= !progress.closing && !isClosed();
            return 0;
        }
        ByteBuf bytes = allocator.heapBuffer(length);
        outgoing.write(bytes, progress.sent, length);
        progress.sent += length;
        stream.send(bytes);
        return length;
    }

    /** The imagined wire takes up to {@code max} of the bytes in hand; returns how many. */
    public int take(int max) {
        int took = 0;
        while (took < max && !inHand.isEmpty()) {
            ByteBuf head = inHand.element();
            int length = Math.min(max - took, head.readableBytes());
            head.skipBytes(length);
            if (!head.isReadable()) {
                inHand.remove().release();
            }
            took += length;
            progress.taken += length;
            stream.consumed(length);
        }
        return took;
    }

    public void accept() {
        progress.accepted = true;
        stream.accept();
    }

    public void halfClose() {
        progress.closing = true;
        stream.halfClose();
    }

    public void reset(ResetCode code) {
        stream.reset(CloseCause.byApplication(code, "test"));
    }

    // What the stream says.

    @Override
    public void onAccepted() {
        expectOpen("onAccepted");
        if (progress.accepted) {
            throw new AssertionError(this + ": accepted twice");
        }
        progress.accepted = true;
    }

    @Override
    public void onData(ByteBuf bytes) {
        expectOpen("onData");
        incoming.check(bytes, progress.received, this);
        progress.received += bytes.readableBytes();
        inHand.add(bytes);
    }

    @Override
    public void onWritable() {
        expectOpen("onWritable");
        if (!progress.waits) {
            throw new AssertionError(this + ": onWritable without waiting");
        }
        progress.waits = false;
    }

    @Override
    public void onHalfClosed() {
        expectOpen("onHalfClosed");
        progress.peerHalfClosed = true;
        if (peer != null && progress.received != peer.progress.sent) {
            throw new AssertionError(this + ": half-closed after " + progress.received + " bytes (expected: "
                    + peer.progress.sent + ")");
        }
    }

    @Override
    public void onClosed(CloseCause cause) {
        expectOpen("onClosed");
        progress.cause = cause;
        if (!cause.isAbrupt() && !(progress.peerHalfClosed && progress.closing)) {
            throw new AssertionError(this + ": clean end without both half-closes");
        }
        if (cause.isAbrupt()) {
            take(Integer.MAX_VALUE);
        }
    }

    private void expectOpen(String event) {
        if (progress.cause != null) {
            throw new AssertionError(this + ": " + event + " after " + progress.cause);
        }
    }

    // What the test asks.

    public MuxStream stream() {
        return stream;
    }

    public boolean isClosed() {
        return progress.cause != null;
    }

    public @Nullable CloseCause cause() {
        return progress.cause;
    }

    /** Whether the stream ended abruptly. */
    public boolean isCut() {
        return progress.cause != null && progress.cause.isAbrupt();
    }

    public boolean isCutFor(ResetCode code) {
        return progress.cause != null && progress.cause.code() == code;
    }

    public boolean isOpener() {
        return opener;
    }

    /** Whether the socket wants to say no more. */
    public boolean isClosing() {
        return progress.closing;
    }

    public boolean isAccepted() {
        return progress.accepted;
    }

    /** Whether the stream said "not now" and has not called back. */
    public boolean waits() {
        return progress.waits;
    }

    public long sent() {
        return progress.sent;
    }

    public long received() {
        return progress.received;
    }

    public long taken() {
        return progress.taken;
    }

    /** Bytes delivered that the imagined wire has not taken. */
    public long inHand() {
        return progress.received - progress.taken;
    }

    /** Everything that matters about it, for a failure's sentence. */
    public String describe() {
        return this + ": sent " + progress.sent + ", queued " + stream.queued() + ", credit " + stream.sendCredit()
                + ", received " + progress.received + ", in hand " + inHand() + (progress.waits ? ", waits" : "")
                + (progress.closing ? ", closing" : "") + (progress.accepted ? "" : ", not accepted");
    }

    @Override
    public String toString() {
        return "socket of " + stream;
    }
}
