package io.penstock.manager.plane;

import io.penstock.manager.plane.Subscriber.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that listen for snapshots, one for each id.
 *
 * <p><em>Loop-confined</em>.
 */
final class Audience<K> {
    private final Map<K, Seat> seats = new LinkedHashMap<>();

    private record Seat(Subscriber subscriber, @Nullable Picture offered) {}

    /** Gives the seat to this call; an earlier call of the same id is ended. */
    void take(K id, Subscriber subscriber) {
        Seat before = seats.put(id, new Seat(subscriber, null));
        if (before != null) {
            before.subscriber().end(Ending.TAKEN_OVER);
        }
    }

    /** Whether the call still has its seat: nothing that another one says counts. */
    boolean isSeated(K id, Subscriber subscriber) {
        Seat seat = seats.get(id);
        return seat != null && seat.subscriber() == subscriber;
    }

    /** Frees the seat when it is this call's. */
    boolean leave(K id, Subscriber subscriber) {
        boolean seated = isSeated(id, subscriber);
        if (seated) {
            seats.remove(id);
        }
        return seated;
    }

    void end(K id, Ending ending) {
        Seat seat = seats.remove(id);
        if (seat != null) {
            seat.subscriber().end(ending);
        }
    }

    void endAll(Ending ending) {
        List.copyOf(seats.keySet()).forEach(id -> end(id, ending));
    }

    /** Offers the snapshot unless its picture is the one that was offered last. */
    void offer(K id, Snapshot snapshot) {
        Seat seat = seats.get(id);
        if (seat != null && !snapshot.picture().equals(seat.offered())) {
            seats.put(id, new Seat(seat.subscriber(), snapshot.picture()));
            seat.subscriber().offer(snapshot);
        }
    }

    Set<K> ids() {
        return Set.copyOf(seats.keySet());
    }

    int size() {
        return seats.size();
    }
}
