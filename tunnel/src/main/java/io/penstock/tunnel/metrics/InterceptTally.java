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
 * <p><em>Thread-safe</em>.
 */
public final class InterceptTally implements TunnelEvents {

    private final Map<String, InterceptCounts> counts = new ConcurrentHashMap<>();

    /** The counts of an intercept, from zero when it was not seen before. */
    public InterceptCounts of(String interceptId) {
        InterceptCounts known = counts.get(interceptId);
        return known != null ? known : counts.computeIfAbsent(interceptId, id -> new InterceptCounts());
    }

    /** Forgets all intercepts but those, so that the table does not grow for ever. */
    public void retain(Set<String> interceptIds) {
        counts.keySet().retainAll(interceptIds);
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
