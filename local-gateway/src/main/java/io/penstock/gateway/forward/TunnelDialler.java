package io.penstock.gateway.forward;

import io.netty.channel.EventLoop;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.NettyLoop;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Dials links over the tunnel's carriers, spread over the event loops by their slots, and serves their streams.
 *
 * <p><em>Thread-safe</em>.
 */
public final class TunnelDialler implements LinkDialler {

    private final LinkConnector connector;
    private final CarrierMeans means;
    private final List<Seat> seats;
    private final HoldBook holds;
    private final AtomicReference<TargetTable> targets = new AtomicReference<>(TargetTable.EMPTY);

    /** An event loop with the reception of its links' streams. <em>Immutable</em>. */
    private record Seat(EventLoop loop, LoopReception reception) {}

    /**
     * A dialler that serves nothing yet.
     *
     * @param lookup on threads that do nothing else, so that links wait for no target's name
     */
    public TunnelDialler(
            LinkConnector connector, List<EventLoop> loops, DialTerms terms, AddressLookup lookup, TlsBook tls) {
        this.connector = connector;
        this.holds = terms.holds();
        this.means = new CarrierMeans(lookup, tls, new CarrierMemory(new NettyLoop(loops.get(0))::nanoTime));
        this.seats = loops.stream()
                .map(loop -> new Seat(loop, new LoopReception(loop, targets::get, terms)))
                .toList();
    }

    /** Serves new streams by that table from now on. */
    public void serve(TargetTable table) {
        targets.set(table);
        holds.keepOnly(table.addresses());
    }

    @Override
    public DialledLink dial(LinkAssignment assignment, Watcher watcher) {
        Seat seat = seatOf(assignment);
        AssignedDoor door = new AssignedDoor(means, assignment.door());
        ServedLink link = new ServedLink(seat.loop(), seat.reception(), watcher, door);
        door.open().whenComplete((opening, failure) -> {
            if (opening == null) {
                link.fail("link address: " + sentence(failure));
            } else {
                link.begin(connector, opening, assignment.id());
            }
        });
        return link;
    }

    @Override
    public String carrier() {
        return means.memory().inUse();
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable said = failure instanceof CompletionException && cause != null ? cause : failure;
        return String.valueOf(said.getMessage());
    }

    /** Neighbouring slots of one agent get different loops, and so do the first slots of different agents. */
    private Seat seatOf(LinkAssignment assignment) {
        int start = Math.floorMod(assignment.agentId().hashCode(), seats.size());
        return seats.get((start + assignment.slot()) % seats.size());
    }
}
