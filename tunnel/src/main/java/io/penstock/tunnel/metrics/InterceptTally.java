package io.penstock.tunnel.metrics;

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
 * that was opened before its intercept was listed may so be missing among the opened ones; the process's own meters have it.
 *
 * <p><em>Thread-safe</em>.
 */
public final class InterceptTally implements TunnelEvents {

    private final Map<String, InterceptCounts> counts = new ConcurrentHashMap<>();
    private final InterceptCounts others = new InterceptCounts();

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

    private InterceptCounts of(MuxStream stream) {
        return of(stream.target().interceptId());
    }

    @Override
    public void streamOpened(MuxStream stream) {
        of(stream).opened();
    }

    @Override
    public void streamClosed(MuxStream stream, CloseCause cause) {
        of(stream).closed(cause.code());
    }

    @Override
    public void bytesSent(MuxStream stream, int bytes) {
        of(stream).sent(bytes);
    }

    @Override
    public void bytesReceived(MuxStream stream, int bytes) {
        of(stream).received(bytes);
    }
}
