package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.flow.CreditPolicy;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.flow.WindowGrowth;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamHost;
import io.penstock.tunnel.stream.StreamListener;
import io.penstock.tunnel.stream.StreamTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The multiplexer without IO: frames of the peer come in through {@link PeerFrames}, frames for the peer come out of
 * {@link #nextFrame}, and in between are the streams.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class LinkEngine implements StreamHost {

    /** What the engine tells its link. Loop-confined. */
    interface Owner {
        StreamListener onStream(MuxStream stream);

        /** Something is there to be sent. */
        void onWork();

        /** The last stream has gone. */
        void onEmpty();

        /** No relay holds bytes of the peer any more. */
        void onHandEmpty();

        void onGoAway();

        /** No further stream can be opened here, ever. */
        void onIdsSpent();
    }

    /** Control frames that may wait: far more than honest ends cause, and a bound for the others. */
    private static final int MAX_CONTROL_BYTES = 4 * 1024 * 1024;

    private final Owner owner;
    private final CreditPolicy policy;
    private final int peerWindow;
    private final StreamTable table;
    private final FrameScheduler scheduler = new FrameScheduler();
    private final OpenWatch opens = new OpenWatch();
    private final MemoryBudget budget;
    private final WindowGrowth growth;
    private final TunnelEvents events;
    private int lastOpenSent;
    private long inHand;

    LinkEngine(Owner owner, StreamTable table, EngineTerms terms) {
        this.owner = owner;
        this.table = table;
        this.policy = terms.policy();
        this.peerWindow = terms.peerWindow();
        this.budget = terms.budget();
        this.growth = terms.growth();
        this.events = terms.events();
    }

    /** A new stream to the target; null, counted, when memory or ids do not allow one. */
    @Nullable
    MuxStream open(StreamTarget target, StreamListener listener, long hold) {
        boolean crowded = budget.isExceeded() || scheduler.controlBytes() > MAX_CONTROL_BYTES / 2;
        int id = crowded ? 0 : table.takeId();
        if (id == 0) {
            events.streamRefused(crowded ? ResetCode.REFUSED_MEMORY : ResetCode.REFUSED_LIMIT);
            return null;
        }
        MuxStream stream = newStream(id, target);
        stream.listen(listener);
        opens.add(stream, growth.nanoTime(), hold);
        sendControl(new Frame.Open(id, target));
        if (table.isSpent()) {
            owner.onIdsSpent();
        }
        return stream;
    }

    /** A stream that either side opened, in the table from now on. */
    MuxStream newStream(int id, StreamTarget target) {
        MuxStream stream = new MuxStream(id, target, this, policy, peerWindow);
        table.add(stream);
        events.streamOpened(stream);
        return stream;
    }

    /** What is wrong with a peer that asks and asks and never reads the answers, or null. */
    @Nullable
    String overflow() {
        return scheduler.controlBytes() > MAX_CONTROL_BYTES
                ? "answers that wait: " + scheduler.controlBytes() + " bytes (expected: a peer that reads them)"
                : null;
    }

    /** The next frame for the peer, or null when nothing may leave; the caller owns its bytes. */
    @Nullable
    Frame nextFrame() {
        Frame frame = scheduler.next();
        if (frame instanceof Frame.Data data) {
            noteSent(data);
        } else if (frame instanceof Frame.Open open) {
            lastOpenSent = open.stream();
        }
        return frame;
    }

    /** As {@link #nextFrame}, but without streams' bytes: for a link that must wait for acknowledgements. */
    @Nullable
    Frame nextControlFrame() {
        Frame frame = scheduler.nextControl();
        if (frame instanceof Frame.Open open) {
            lastOpenSent = open.stream();
        }
        return frame;
    }

    /** Called when a frame of {@link #nextFrame} has been passed on. Relays call back from in here, even to end the link. */
    void frameLeft() {
        MuxStream stream = scheduler.takeServed();
        if (stream != null) {
            stream.onFrameLeft();
        }
    }

    private void noteSent(Frame.Data data) {
        MuxStream stream = table.find(data.stream());
        if (stream != null) {
            events.bytesSent(stream, data.bytes().readableBytes());
        }
    }

    /** Whether the OPEN of our stream was handed to the carrier, so that the peer may have acted on it. */
    boolean hasLeft(MuxStream stream) {
        return stream.id() <= lastOpenSent;
    }

    /** How long the oldest of our unanswered OPENs has waited, in nanoseconds. */
    long oldestOpenWait() {
        return opens.oldestWait(growth.nanoTime());
    }

    void answered(int id) {
        opens.remove(id);
    }

    /** Ends our streams whose OPEN ought to have been answered; whether the peer acted on them nobody knows. */
    void resetOverdueOpens() {
        opens.takeOverdue(growth.nanoTime()).forEach(LinkEngine::resetUnanswered);
    }

    /** The same for a peer that may be gone: all whose OPEN has waited for {@code age} nanoseconds. */
    void resetOpensOlderThan(long age) {
        opens.takeOlderThan(age, growth.nanoTime()).forEach(LinkEngine::resetUnanswered);
    }

    private static void resetUnanswered(MuxStream stream) {
        if (!stream.state().isClosed()) {
            stream.reset(CloseCause.byTunnel(ResetCode.CANCELLED, "no answer to OPEN"));
        }
    }

    /** Lets relays go on that waited for memory. */
    void wakeRelays() {
        table.all().forEach(MuxStream::wakeRelay);
    }

    /** Resets the streams in which nothing has moved since {@code deadline}. */
    void resetStalled(long deadline) {
        for (MuxStream stream : table.all()) {
            if (stream.hasStalledSince(deadline)) {
                stream.reset(CloseCause.byTunnel(ResetCode.STALLED, ""));
            }
        }
    }

    /** Resets every stream, telling the peer. */
    void resetAll(ResetCode code) {
        table.all().forEach(stream -> stream.reset(CloseCause.byTunnel(code, "")));
    }

    /**
     * Ends every stream without a word to the peer, and forgets what waited to be sent. What a relay throws comes out again, but
     * not before all have heard.
     */
    void end(CloseCause cause) {
        RuntimeException fault = null;
        for (MuxStream stream : table.all()) {
            try {
                stream.end(cause);
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        scheduler.clear();
        if (fault != null) {
            throw fault;
        }
    }

    List<MuxStream> streams() {
        return table.all();
    }

    /** Whether anything waits to be sent. */
    boolean hasFrames() {
        return !scheduler.isEmpty();
    }

    int streamCount() {
        return table.size();
    }

    int lastPeerStream() {
        return table.lastPeers();
    }

    @Override
    public void sendControl(Frame frame) {
        scheduler.addControl(frame);
        owner.onWork();
    }

    @Override
    public void schedule(MuxStream stream) {
        scheduler.add(stream);
        owner.onWork();
    }

    @Override
    public void retire(MuxStream stream, CloseCause cause) {
        table.retire(stream);
        opens.remove(stream.id());
        events.streamClosed(stream, cause);
        if (table.size() == 0) {
            owner.onEmpty();
        }
    }

    @Override
    public void starved(MuxStream stream, long nanos) {
        events.starved(stream, nanos);
    }

    @Override
    public void delivered(int bytes) {
        inHand += bytes;
        budget.charge(bytes);
    }

    @Override
    public void taken(int bytes) {
        inHand -= bytes;
        budget.release(bytes);
        if (inHand == 0) {
            owner.onHandEmpty();
        }
    }

    /** Bytes of the peer that relays hold, for their sockets to take. */
    long inHand() {
        return inHand;
    }

    @Override
    public MemoryBudget budget() {
        return budget;
    }

    @Override
    public WindowGrowth growth() {
        return growth;
    }
}
