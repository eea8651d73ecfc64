package io.penstock.tunnel.testkit;

import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A service that records what it hears of its link. It accepts every stream at once, unless it is told what to do instead.
 *
 * <p><em>Loop-confined</em>.
 */
public final class RecordingService implements LinkListener {

    private final List<MuxStream> streams = new ArrayList<>();
    private final List<RecordingListener> listeners = new ArrayList<>();
    private final List<CloseCause> closures = new ArrayList<>();
    private BiFunction<Link, MuxStream, StreamListener> onStream = this::acceptAtOnce;
    private Runnable onDraining = () -> {};
    private Runnable onClosed = () -> {};
    private final List<String> wanted = new ArrayList<>();
    private boolean draining;

    /** Says what is done with streams from now on. */
    public void onStream(BiFunction<Link, MuxStream, StreamListener> reaction) {
        onStream = reaction;
    }

    public void whenDraining(Runnable reaction) {
        onDraining = reaction;
    }

    public void whenClosed(Runnable reaction) {
        onClosed = reaction;
    }

    private StreamListener acceptAtOnce(Link link, MuxStream stream) {
        stream.accept();
        return record(stream);
    }

    /** A recording listener of the stream that consumes nothing by itself. */
    public RecordingListener record(MuxStream stream) {
        RecordingListener listener = new RecordingListener();
        listener.of(stream);
        listeners.add(listener);
        return listener;
    }

    @Override
    public StreamListener onStream(Link link, MuxStream stream) {
        streams.add(stream);
        return onStream.apply(link, stream);
    }

    @Override
    public void onDraining(Link link) {
        draining = true;
        onDraining.run();
    }

    @Override
    public void onCarrierWanted(Link link, String why) {
        wanted.add(why);
    }

    @Override
    public void onClosed(Link link, CloseCause cause) {
        closures.add(cause);
        onClosed.run();
    }

    /** Every stream of the peer, oldest first. */
    public List<MuxStream> streams() {
        return streams;
    }

    public MuxStream stream(int index) {
        return streams.get(index);
    }

    public RecordingListener listener(int index) {
        return listeners.get(index);
    }

    /** Why a carrier was wanted, each time. */
    public List<String> wanted() {
        return wanted;
    }

    public boolean isDraining() {
        return draining;
    }

    /** Why the link ended; once, however often that was reported. */
    public @Nullable CloseCause closeCause() {
        if (closures.size() > 1) {
            throw new AssertionError("link closed: " + closures + " (expected: once)");
        }
        return closures.isEmpty() ? null : closures.get(0);
    }

    /** Why the link ended; fails while it has not. */
    public CloseCause expectClosed() {
        CloseCause cause = closeCause();
        if (cause == null) {
            throw new AssertionError("link: still open (expected: closed)");
        }
        return cause;
    }
}
