package io.penstock.tunnel.carrier;

import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The relay's book of carriers: who waits for whom, and who is joined. It decides and does nothing; the newest carrier
 * of a side is always the right one, so that an end that has lost its carrier can come back before the relay knows.
 *
 * <pre>
 *                 first carrier       same side again            other side            gone, or too late
 *  (no entry)     WAITING             -                          -                     no-op
 *  WAITING        -                   older refused, WAITING     JOINED                (no entry)
 *  JOINED         -                   both parted, WAITING       both parted, WAITING  (no entry)
 * </pre>
 *
 * <p><em>Loop-confined</em>.
 */
final class CarrierPairing<C> {
    private sealed interface Place<C> {
        record Waiting<C>(LinkSide side, C carrier) implements Place<C> {}

        record Joined<C>(C agent, C gateway) implements Place<C> {}
    }

    private final Map<LinkId, Place<C>> places = new HashMap<>();
    private final int maxWaiting;
    private int waiting;
    private boolean closed;

    CarrierPairing(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    List<PairingEffect<C>> arrive(LinkId link, LinkSide side, C carrier) {
        if (closed) {
            return List.of(refuse(carrier, JoinRefusal.SHUTTING_DOWN));
        }
        Place<C> place = places.get(link);
        if (place instanceof Place.Waiting<C> other && other.side() != side) {
            return List.of(join(link, other, carrier));
        }
        List<PairingEffect<C>> effects = new ArrayList<>(2);
        if (place != null) {
            effects.add(vacate(link, place));
        }
        effects.add(await(link, side, carrier));
        return effects;
    }

    /** Forgets a waiting carrier; returns false if it does not wait, or no longer. */
    boolean leave(LinkId link, C carrier) {
        if (places.get(link) instanceof Place.Waiting<C> place && place.carrier() == carrier) {
            remove(link);
            return true;
        }
        return false;
    }

    /** Forgets two joined carriers; no-op when a newer carrier has already taken their place. */
    void unpair(LinkId link, C agent) {
        if (places.get(link) instanceof Place.Joined<C> pair && pair.agent() == agent) {
            places.remove(link);
        }
    }

    /** Refuses those that wait and all that arrive from now on; joined carriers go on. */
    List<PairingEffect<C>> close() {
        closed = true;
        List<PairingEffect<C>> effects = new ArrayList<>(waiting);
        for (LinkId link : List.copyOf(places.keySet())) {
            if (places.get(link) instanceof Place.Waiting<C> place) {
                remove(link);
                effects.add(refuse(place.carrier(), JoinRefusal.SHUTTING_DOWN));
            }
        }
        return effects;
    }

    int waiting() {
        return waiting;
    }

    int joined() {
        return places.size() - waiting;
    }

    private PairingEffect<C> join(LinkId link, Place.Waiting<C> first, C second) {
        remove(link);
        C agent = first.side() == LinkSide.AGENT ? first.carrier() : second;
        C gateway = first.side() == LinkSide.AGENT ? second : first.carrier();
        places.put(link, new Place.Joined<>(agent, gateway));
        return new PairingEffect.Join<>(link, agent, gateway);
    }

    private PairingEffect<C> vacate(LinkId link, Place<C> place) {
        remove(link);
        if (place instanceof Place.Joined<C> pair) {
            return new PairingEffect.Part<>(link, pair.agent(), pair.gateway());
        }
        return refuse(((Place.Waiting<C>) place).carrier(), JoinRefusal.TOKEN_USED);
    }

    private PairingEffect<C> await(LinkId link, LinkSide side, C carrier) {
        if (waiting == maxWaiting) {
            return refuse(carrier, JoinRefusal.OVERLOADED);
        }
        places.put(link, new Place.Waiting<>(side, carrier));
        waiting++;
        return new PairingEffect.Await<>(carrier);
    }

    private void remove(LinkId link) {
        if (places.remove(link) instanceof Place.Waiting<C>) {
            waiting--;
        }
    }

    private static <C> PairingEffect<C> refuse(C carrier, JoinRefusal refusal) {
        return new PairingEffect.Refuse<>(carrier, refusal, refusal.meaning());
    }
}
