package io.penstock.tunnel.stream;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.flow.CreditPolicy;
import io.penstock.tunnel.flow.ReceiveWindow;
import io.penstock.tunnel.flow.SendWindow;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.stream.StreamLifecycle.Step;
import org.jspecify.annotations.Nullable;

/**
 * One bidirectional byte flow on a link: what a relay holds. It ends in one of five ways, each once and with a
 * {@link CloseCause}:
 *
 * <ol>
 *   <li>both sides half-close: each relay sees {@code onHalfClosed}, and {@code onClosed} with code NONE when its socket has taken
 *       every byte;
 *   <li>this side's relay calls {@link #reset}: queued bytes are dropped, the peer's relay sees the code;
 *   <li>the peer resets: as 2, seen from the other side; bytes that had arrived before were handed over;
 *   <li>the link ends: {@code onClosed} with the link's cause, nothing is sent;
 *   <li>the tunnel resets it (stall, limit, drain): as 2, both sides see the code.
 * </ol>
 *
 * Every byte that {@code onData} delivers is reported by {@link #consumed} exactly once, also when the stream has ended since:
 * that returns its credit and its memory.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class MuxStream {

    private final int id;
    private final StreamTarget target;
    private final StreamHost host;
    private final StreamLifecycle lifecycle = new StreamLifecycle();
    private final StreamSender sender;
    private final ReceiveWindow receiving;
    private @Nullable StreamListener listener;
    private @Nullable CloseCause ended;

    public MuxStream(int id, StreamTarget target, StreamHost host, CreditPolicy policy, int sendWindow) {
        this.id = id;
        this.target = target;
        this.host = host;
        long now = host.growth().nanoTime();
        this.sender = new StreamSender(new SendWindow(sendWindow), host.budget(), now);
        this.receiving = new ReceiveWindow(policy, now);
    }

    public int id() {
        return id;
    }

    public StreamTarget target() {
        return target;
    }

    public StreamState state() {
        return lifecycle.state();
    }

    /** Why the stream ended, or null while it has not, or while its relay holds bytes of a clean end. */
    public @Nullable CloseCause closeCause() {
        return ended;
    }

    /** Bytes accepted here that have not left. */
    public int queued() {
        return sender.queued();
    }

    /** Bytes that the peer lets us send now. */
    public long sendCredit() {
        return sender.credit();
    }

    /** Bytes that the peer may still send, and those delivered but not consumed. */
    public ReceiveWindow receiving() {
        return receiving;
    }

    // What relays call.

    /** Replaces the listener, between two callbacks. The first one of a stream that ended before it came hears the end now. */
    public void listen(StreamListener next) {
        CloseCause missed = listener == null ? ended : null;
        listener = next;
        if (missed != null) {
            next.onClosed(missed);
        }
    }

    /** Says that the target was reached; the accepting side's first word. */
    public void accept() {
        if (lifecycle.accept() == Step.MOVED) {
            host.sendControl(new Frame.Accept(id));
            scheduleIfReady();
        }
    }

    /** Queues bytes for the peer and takes them over; drops them when this direction is over. */
    public void send(ByteBuf bytes) {
        if (!bytes.isReadable() || !state().canSend() || sender.isHalfCloseDue()) {
            bytes.release();
            return;
        }
        sender.add(bytes, host.growth().nanoTime());
        scheduleIfReady();
    }

    /** Whether the relay should go on reading its socket; after a "no", {@code onWritable} follows. */
    public boolean isWritable() {
        return sender.isWritable();
    }

    /** Ends our direction once everything queued has left, and not before the far side accepted. */
    public void halfClose() {
        if (state().canSend()) {
            sender.wantHalfClose(true);
            scheduleIfReady();
        }
    }

    /** Ends the stream at once and tells the peer; bytes that are queued are dropped. */
    public void reset(CloseCause cause) {
        if (!cause.isAbrupt()) {
            throw new IllegalArgumentException("reset: " + cause.code() + " (expected: a code that says why)");
        }
        if (state().isClosed()) {
            // The peer has heard and said everything; only our relay is behind.
            conclude(cause);
        } else {
            host.sendControl(new Frame.Reset(id, cause.code(), cause.detail()));
            end(cause);
        }
    }

    /** Reports bytes of {@code onData} that the final socket has taken, or that were thrown away with it. */
    public void consumed(int bytes) {
        int grant = receiving.consumed(bytes, host.growth());
        host.taken(bytes);
        if (grant > 0 && state().canReceive()) {
            host.sendControl(new Frame.Credit(id, grant));
        }
        endCleanlyIfTaken();
    }

    // What the link calls. Each returns what the peer did wrong, or null.

    /** ACCEPT of the peer. */
    public @Nullable String onAccept() {
        Step step = lifecycle.accept();
        if (step == Step.MOVED) {
            scheduleIfReady();
            tell().onAccepted();
        }
        return step == Step.ILLEGAL ? "ACCEPT of stream " + id + " in " + state() + " (expected: OPENING)" : null;
    }

    /** DATA of the peer; takes the bytes over. */
    public @Nullable String onData(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (!state().canReceive()) {
            bytes.release();
            return "DATA on stream " + id + " after its HALF_CLOSE (expected: none)";
        }
        if (!receiving.received(length, host.growth())) {
            bytes.release();
            return "DATA on stream " + id + ": " + length + " bytes (expected: at most the credit of "
                    + receiving.credit() + ")";
        }
        host.delivered(length);
        tell().onData(bytes);
        return null;
    }

    /** CREDIT of the peer. */
    public @Nullable String onCredit(int bytes) {
        long starved = sender.starvedFor(host.growth().nanoTime());
        if (starved > 0) {
            host.starved(this, starved);
        }
        if (!sender.grant(bytes)) {
            return "CREDIT of " + bytes + " on stream " + id + " (expected: 1 to "
                    + (Integer.MAX_VALUE - sender.credit()) + ")";
        }
        scheduleIfReady();
        return null;
    }

    /** HALF_CLOSE of the peer. */
    public @Nullable String onHalfClose() {
        Step step = lifecycle.halfCloseRemote();
        if (step == Step.ILLEGAL) {
            return "HALF_CLOSE of stream " + id + " in " + state() + " (expected: OPEN or HALF_CLOSED_LOCAL)";
        }
        if (step != Step.NONE) {
            tell().onHalfClosed();
        }
        endCleanlyIfTaken();
        return null;
    }

    /** RESET of the peer, or the end of the link: nothing is sent any more. */
    public void end(CloseCause cause) {
        conclude(lifecycle.end(cause) == Step.ENDED ? cause : CloseCause.CLEAN);
    }

    /**
     * The next DATA of at most {@code max} bytes, or the HALF_CLOSE behind the last of them; null when the stream has nothing
     * that may leave. The caller owns the frame's bytes, and calls {@link #onFrameLeft} once it has passed them on.
     */
    public @Nullable Frame nextFrame(int max) {
        if (sender.hasData()) {
            return new Frame.Data(
                    id, sender.take(Math.min(max, Frame.MAX_DATA), host.growth().nanoTime()));
        }
        if (!isHalfCloseReady()) {
            return null;
        }
        sender.wantHalfClose(false);
        lifecycle.halfCloseLocal();
        return new Frame.HalfClose(id);
    }

    /** Tells the relay what the last {@link #nextFrame} means for it: apart from it, because the relay may end the link. */
    public void onFrameLeft() {
        wakeRelay();
        endCleanlyIfTaken();
    }

    /** Asked after each {@link #nextFrame}: false takes the stream out of the scheduler's row until it asks again. */
    public boolean staysScheduled() {
        boolean stays = hasWork();
        if (!stays) {
            sender.leaveRow();
        }
        return stays;
    }

    /** Tells a relay that was made to wait for memory or room, if it may go on now. */
    public void wakeRelay() {
        if (sender.wakesRelay() && state().canSend()) {
            tell().onWritable();
        }
    }

    /** Whether bytes of either direction have stood still since before {@code deadline} for want of the peer or the socket. */
    public boolean hasStalledSince(long deadline) {
        boolean socketStalled = receiving.buffered() > 0 && receiving.lastProgress() - deadline < 0;
        return socketStalled || (sender.isStarved() && sender.lastProgress() - deadline < 0);
    }

    private boolean isHalfCloseReady() {
        return sender.isHalfCloseDue() && sender.isEmpty() && state() != StreamState.OPENING && state().canSend();
    }

    private boolean hasWork() {
        return state().canSend() && (sender.hasData() || isHalfCloseReady());
    }

    private void scheduleIfReady() {
        if (hasWork() && sender.enterRow()) {
            host.schedule(this);
        }
    }

    /** A clean end waits for the relay's socket, so that a stalled one can still be reset, and that a drain waits for it. */
    private void endCleanlyIfTaken() {
        if (state().isClosed() && receiving.buffered() == 0) {
            conclude(CloseCause.CLEAN);
        }
    }

    private void conclude(CloseCause cause) {
        if (ended != null) {
            return;
        }
        ended = cause;
        sender.clear();
        host.retire(this, cause);
        // None yet: the service ended the stream, or the whole link, while it was being asked for one.
        if (listener != null) {
            listener.onClosed(cause);
        }
    }

    private StreamListener tell() {
        return requireNonNull(listener, "listener");
    }

    @Override
    public String toString() {
        return "stream " + id + " " + lifecycle;
    }
}
