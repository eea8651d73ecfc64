package io.penstock.tunnel.testkit;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The counts that a link reports of itself.
 *
 * <p><em>Loop-confined</em>.
 */
public final class RecordingEvents implements TunnelEvents {

    private final List<ResetCode> refusals = new ArrayList<>();
    private int opened;
    private int closed;
    private int linksOpened;
    private int linksClosed;
    private long sent;
    private long received;
    private int roundTrips;
    private int suspended;
    private int resumed;

    @Override
    public void streamOpened(MuxStream stream) {
        opened++;
    }

    @Override
    public void streamClosed(MuxStream stream, CloseCause cause) {
        closed++;
    }

    @Override
    public void streamRefused(ResetCode code) {
        refusals.add(code);
    }

    @Override
    public void bytesSent(MuxStream stream, int bytes) {
        sent += bytes;
    }

    @Override
    public void bytesReceived(MuxStream stream, int bytes) {
        received += bytes;
    }

    @Override
    public void linkOpened(Link link) {
        linksOpened++;
    }

    @Override
    public void linkClosed(Link link, CloseCause cause) {
        linksClosed++;
    }

    @Override
    public void linkSuspended(Link link, String why) {
        suspended++;
    }

    @Override
    public void linkResumed(Link link, long nanos) {
        resumed++;
    }

    @Override
    public void roundTrip(long nanos) {
        roundTrips++;
    }

    public List<ResetCode> refusals() {
        return refusals;
    }

    public int opened() {
        return opened;
    }

    public int closed() {
        return closed;
    }

    public int linksOpened() {
        return linksOpened;
    }

    public int linksClosed() {
        return linksClosed;
    }

    public long sent() {
        return sent;
    }

    public long received() {
        return received;
    }

    public int suspended() {
        return suspended;
    }

    public int resumed() {
        return resumed;
    }

    public int roundTrips() {
        return roundTrips;
    }
}
