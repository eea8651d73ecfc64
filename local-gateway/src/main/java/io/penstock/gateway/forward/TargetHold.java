package io.penstock.gateway.forward;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Loop;
import io.penstock.tunnel.relay.DialSource;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one event loop that wait for one target, in the order in which they came. The first of them is the probe: it is
 * dialled again at each {@link #tick}, one dial at a time. As soon as one does not end in a refusal all others set out again,
 * through the target's dialler, which dials only so many at once. While some wait, those that come join them without a dial.
 *
 * <p>Each event loop probes by itself, so a target that several loops wait for sees as many probes at once. How many streams and
 * bytes may wait is counted over all loops, by the {@link HoldRoom}.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class TargetHold {

    private final InetSocketAddress target;
    private final HoldRoom room;
    private final Ways ways;
    private final Terms terms;
    private final Set<HeldDial> waiting = new LinkedHashSet<>();
    private @Nullable HeldDial probing;

    /**
     * How the target is dialled.
     *
     * @param streams for streams in general
     * @param probe for the one that tries whether it listens
     */
    record Ways(DialSource streams, DialSource probe) {}

    /**
     * What all holds of a loop have in common.
     *
     * @param whileDraining nanoseconds for which a stream of a draining link may wait
     * @param onWaiting told when one begins to wait, so that ticks come
     * @param again lets a stream that waited set out once more
     */
    record Terms(Loop loop, long whileDraining, Consumer<TargetHold> onWaiting, Consumer<HeldDial> again) {}

    TargetHold(InetSocketAddress target, HoldRoom room, Ways ways, Terms terms) {
        this.target = target;
        this.room = room;
        this.ways = ways;
        this.terms = terms;
    }

    InetSocketAddress target() {
        return target;
    }

    DialSource streams() {
        return ways.streams();
    }

    /** Whether its room is none of the book's any more. */
    boolean isForgotten() {
        return room.isForgotten();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Those that wait, without the one that probes at the moment. */
    List<HeldDial> held() {
        return waiting.stream().filter(HeldDial::isHeld).toList();
    }

    /** A stream sets out for the target: at once, or behind those that wait. */
    void take(HeldDial dial) {
        if (waiting.isEmpty()) {
            dial.setOut(this, ways.streams());
        } else {
            join(dial, "others wait for it");
        }
    }

    private void join(HeldDial dial, String detail) {
        dial.await(this, now());
        if (room.enter(dial.keptBytes())) {
            waiting.add(dial);
            terms.onWaiting().accept(this);
        } else {
            // Later: the stream may not have been told yet that it is on its way.
            terms.loop().execute(() -> end(dial, HoldOutcome.OVERFLOW, detail + "; no room to wait"));
        }
    }

    /** Ends waits that are over, and tries whether the target listens. */
    void tick() {
        long now = now();
        held().stream()
                .filter(dial -> dial.isOverdue(now, terms.whileDraining()))
                .forEach(dial -> end(dial, HoldOutcome.GAVE_UP, "the hold is over, and nothing listens yet"));
        if (probing == null && !waiting.isEmpty()) {
            probing = waiting.iterator().next();
            probing.probe(ways.probe());
        }
    }

    /** Lets all that wait set out again, in their order. */
    void release() {
        List<HeldDial> all = held();
        all.forEach(this::forget);
        all.forEach(terms.again());
    }

    /** A stream no longer waits here; returns whether it was the one that probes. */
    boolean forget(HeldDial dial) {
        if (waiting.remove(dial)) {
            room.leave(dial.keptBytes());
        }
        boolean probed = probing == dial;
        if (probed) {
            probing = null;
        }
        return probed;
    }

    /** Answers a stream as if nothing waited. */
    void end(HeldDial dial, HoldOutcome outcome, String detail) {
        end(dial, outcome, ResetCode.APP_REFUSED, detail);
    }

    /** Answers a stream for good. */
    void end(HeldDial dial, HoldOutcome outcome, ResetCode code, String detail) {
        if (!dial.isOver()) {
            forget(dial);
            room.ended(outcome);
            dial.refuse(code, detail);
        }
    }

    // What the streams' dials tell.

    /** The target took it; returns whether others have waited for that. */
    boolean taken(HeldDial dial) {
        room.listens(now());
        if (dial.wasHeld()) {
            room.ended(HoldOutcome.WENT_THROUGH);
        }
        return forget(dial);
    }

    void refused(HeldDial dial, String detail) {
        boolean probed = probing == dial;
        probing = probed ? null : probing;
        long now = now();
        dial.await(this, now);
        if (probed) {
            return;
        }
        room.refused(now);
        if (dial.isOverdue(now, terms.whileDraining())) {
            end(dial, HoldOutcome.GAVE_UP, detail);
        } else {
            join(dial, detail);
        }
    }

    /** It failed, and not by a refusal; returns whether others have waited for how it ends. */
    boolean unreachable(HeldDial dial) {
        if (dial.wasHeld()) {
            room.ended(HoldOutcome.GAVE_UP);
        }
        return forget(dial);
    }

    /** It keeps that much more. One that waits and brings more than there is room for is answered. */
    void grown(HeldDial dial, int bytes) {
        if (waiting.contains(dial)) {
            room.grow(bytes);
            if (room.isOverfull()) {
                // Later: it is being told of these bytes.
                terms.loop().execute(() -> endIfOverfull(dial));
            }
        }
    }

    private void endIfOverfull(HeldDial dial) {
        if (waiting.contains(dial) && room.isOverfull()) {
            end(dial, HoldOutcome.OVERFLOW, "no room for the bytes of those that wait");
        }
    }

    void gone(HeldDial dial) {
        if (dial.wasHeld()) {
            room.ended(HoldOutcome.GONE);
        }
        forget(dial);
    }

    private long now() {
        return terms.loop().nanoTime();
    }
}
