package io.penstock.tunnel.link;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import java.util.List;

/**
 * Several listeners as one.
 *
 * <p><em>Thread-safe</em>.
 */
record TunnelEventFanOut(List<TunnelEvents> listeners) implements TunnelEvents {

    @Override
    public void streamOpened(MuxStream stream) {
        listeners.forEach(listener -> listener.streamOpened(stream));
    }

    @Override
    public void streamClosed(MuxStream stream, CloseCause cause) {
        listeners.forEach(listener -> listener.streamClosed(stream, cause));
    }

    @Override
    public void streamRefused(ResetCode code) {
        listeners.forEach(listener -> listener.streamRefused(code));
    }

    @Override
    public void bytesSent(MuxStream stream, int bytes) {
        for (TunnelEvents listener : listeners) {
            listener.bytesSent(stream, bytes);
        }
    }

    @Override
    public void bytesReceived(MuxStream stream, int bytes) {
        for (TunnelEvents listener : listeners) {
            listener.bytesReceived(stream, bytes);
        }
    }

    @Override
    public void starved(MuxStream stream, long nanos) {
        listeners.forEach(listener -> listener.starved(stream, nanos));
    }

    @Override
    public void linkOpened(Link link) {
        listeners.forEach(listener -> listener.linkOpened(link));
    }

    @Override
    public void linkSuspended(Link link, String why) {
        listeners.forEach(listener -> listener.linkSuspended(link, why));
    }

    @Override
    public void linkResumed(Link link, long nanos) {
        listeners.forEach(listener -> listener.linkResumed(link, nanos));
    }

    @Override
    public void linkClosed(Link link, CloseCause cause) {
        listeners.forEach(listener -> listener.linkClosed(link, cause));
    }

    @Override
    public void roundTrip(long nanos) {
        listeners.forEach(listener -> listener.roundTrip(nanos));
    }
}
