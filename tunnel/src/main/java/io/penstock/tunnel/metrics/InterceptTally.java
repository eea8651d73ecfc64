package io.penstock.tunnel.metrics;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each intercept's streams did at this end, for the reports to the manager.
 *
 * <p>Only intercepts of the newest snapshot are counted each by itself, because a peer may put any text into an OPEN. All others
 * share one count, which nobody reports: streams of a peer that makes ids up, and those that a snapshot has overtaken. A stream
 * stays for life with the count that it was opened in, so in each count those that are open are those that were opened less those
 * that were closed. One that was opened before its intercept was listed is so missing in the intercept's count, from its first
 * byte to its end; the process's own meters have it.
 *
 * <p><em>Thread-safe</em>.
 */
public final class InterceptTally implements TunnelEvents {

    private final Map<String, InterceptCounts> counts = new ConcurrentHashMap<>();
    private final InterceptCounts others = new InterceptCounts();
    /** Each stream that is open, with the count that it belongs to: what is listed may change before it ends. */
    private final Map<MuxStream, InterceptCounts> owners = new ConcurrentHashMap<>();

    /** The counts of an intercept, or what all share that are not listed. */
    public InterceptCounts of(String interceptId) {
        InterceptCounts listed = counts.get(interceptId);
        return listed == null ? others : listed;
    }

    /** Counts those intercepts from now on, the new ones from zero, and forgets all others. */
    public void countOnly(Set<String> interceptIds) {
        counts.keySet().retainAll(interceptIds);
        interceptIds.forEach(id -> counts.computeIfAbsent(id, listed -> new InterceptCounts()));
    }

    @Override
    public void streamOpened(MuxStream stream) {
        InterceptCounts owner = of(stream.target().interceptId());
        owners.put(stream, owner);
        owner.opened();
    }

    @Override
    public void streamClosed(MuxStream stream, CloseCause cause) {
        ownerOf(stream).closed(cause.code());
        owners.remove(stream);
    }

    @Override
    public void bytesSent(MuxStream stream, int bytes) {
        ownerOf(stream).sent(bytes);
    }

    @Override
    public void bytesReceived(MuxStream stream, int bytes) {
        ownerOf(stream).received(bytes);
    }

    private InterceptCounts ownerOf(MuxStream stream) {
        return requireNonNull(owners.get(stream), "stream");
    }
}
