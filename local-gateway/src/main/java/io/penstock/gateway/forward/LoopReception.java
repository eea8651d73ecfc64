package io.penstock.gateway.forward;

import io.netty.channel.EventLoop;
import io.penstock.gateway.forward.TargetTable.Target;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.carrier.NettyLoop;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkState;
import io.penstock.tunnel.relay.DialListener;
import io.penstock.tunnel.relay.DialPolicy;
import io.penstock.tunnel.relay.Dialer;
import io.penstock.tunnel.relay.DialingStream;
import io.penstock.tunnel.relay.Pace;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the streams of one event loop's links to their local targets, each target with diallers and a hold of its own.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class LoopReception {

    /** How often a target that refuses is tried again while streams wait for it. */
    static final Duration PROBE = Duration.ofMillis(50);

    private final EventLoop loop;
    private final NettyLoop clock;
    private final Supplier<TargetTable> newest;
    private final DialTerms terms;
    private final Map<InetSocketAddress, TargetHold> holds = new HashMap<>();
    private final TargetHold.Terms holding;
    private final HoldTicks ticks;
    private TargetTable known = TargetTable.EMPTY;

    LoopReception(EventLoop loop, Supplier<TargetTable> newest, DialTerms terms) {
        this.loop = loop;
        this.newest = newest;
        this.terms = terms;
        this.clock = new NettyLoop(loop);
        this.ticks = new HoldTicks(clock, PROBE.toNanos(), this::review);
        this.holding = new TargetHold.Terms(clock, terms.heldWhileDraining().toNanos(), ticks::begin, this::again);
    }

    /** Begins to reach the stream's target; the returned listener keeps what comes meanwhile. */
    StreamListener receive(Link link, MuxStream stream) {
        StreamTarget asked = stream.target();
        Optional<Target> found = find(asked);
        if (found.isEmpty()) {
            refuse(stream, ResetCode.UNKNOWN_TARGET, notServed(asked));
            return new DialingStream(stream);
        }
        Target target = found.get();
        DialingStream dialing = new DialingStream(stream, paceOf(target.allowance()));
        if (target.allowance().isExceeded()) {
            int most = target.allowance().limits().maxStreams();
            refuse(
                    stream,
                    ResetCode.REFUSED_LIMIT,
                    "intercept " + asked.interceptId() + " has its " + most
                            + " streams (expected: no more, its limit)");
        } else {
            reachInTime(target, dialing, new Origin(link, stream));
        }
        return dialing;
    }

    /** Where bytes have gone too fast, new streams wait as well: one that is short would never be held back otherwise. */
    private void reachInTime(Target target, DialingStream dialing, Origin origin) {
        Allowance allowance = target.allowance();
        long wait = allowance.limitsBytes() ? allowance.draw(0, clock.nanoTime()) : 0;
        if (wait == 0) {
            reach(target, dialing, origin);
        } else {
            clock.schedule(() -> reachLater(target, dialing, origin), wait);
        }
    }

    private void reachLater(Target target, DialingStream dialing, Origin origin) {
        if (!origin.stream().state().isClosed()) {
            reach(target, dialing, origin);
        }
    }

    private Pace paceOf(Allowance allowance) {
        return allowance.limitsBytes() ? bytes -> allowance.draw(bytes, clock.nanoTime()) : Pace.FREE;
    }

    /** Where a stream came from. <em>Immutable</em>. */
    private record Origin(Link link, MuxStream stream) {
        boolean isDraining() {
            return link.state() == LinkState.DRAINING;
        }
    }

    private void reach(Target target, DialingStream dialing, Origin origin) {
        InetSocketAddress address = target.address();
        if (address == null) {
            terms.events().failed(ResetCode.DIAL_FAILED);
            refuse(
                    origin.stream(),
                    ResetCode.DIAL_FAILED,
                    "target: " + target.text()
                            + " has no address (expected: a name that the gateway's machine can look up)");
        } else if (target.hold().isZero()) {
            dialing.begin(holdOf(address).streams());
        } else {
            dialing.begin(listener -> hold(target, listener, origin, holdOf(address)));
        }
    }

    private HeldDial hold(Target target, DialListener listener, Origin origin, TargetHold hold) {
        HeldDial dial = new HeldDial(listener, origin.stream().target(), origin::isDraining, target.hold());
        hold.take(dial);
        return dial;
    }

    /** Sends those on that wait for a target which is theirs no longer. */
    private void review(TargetHold hold) {
        for (HeldDial dial : hold.held()) {
            Optional<Target> target = find(dial.asked());
            boolean stays = target.isPresent()
                    && !target.get().hold().isZero()
                    && (target.get().address() == null
                            || hold.target().equals(target.get().address()));
            if (!stays) {
                hold.forget(dial);
                again(dial);
            }
        }
    }

    /** Lets a stream that has waited set out once more, for where its target is now. */
    private void again(HeldDial dial) {
        Optional<Target> found = find(dial.asked());
        if (found.isEmpty()) {
            dial.hold().end(dial, HoldOutcome.GAVE_UP, ResetCode.UNKNOWN_TARGET, notServed(dial.asked()));
        } else if (found.get().hold().isZero()) {
            dial.hold().end(dial, HoldOutcome.GAVE_UP, ResetCode.GOING_AWAY, "the intercept is being left");
        } else {
            InetSocketAddress address = found.get().address();
            (address == null ? dial.hold() : holdOf(address)).take(dial);
        }
    }

    private TargetHold holdOf(InetSocketAddress address) {
        TargetHold known = holds.get(address);
        if (known == null || (known.isEmpty() && known.isForgotten())) {
            // Forgotten: the target was left and is wanted again, and what waits for it is counted in another room now.
            known = newHold(address);
            holds.put(address, known);
        }
        return known;
    }

    private TargetHold newHold(InetSocketAddress address) {
        DialPolicy one = new DialPolicy(
                1,
                terms.policy().deadline(),
                terms.policy().queueLimit(),
                terms.policy().queueWait());
        return new TargetHold(
                address,
                terms.holds().room(address),
                new TargetHold.Ways(
                        new Dialer(loop, terms.channelType(), address, terms.policy(), terms.events()),
                        new Dialer(loop, terms.channelType(), address, one, new ProbeEvents(terms.events()))),
                holding);
    }

    private Optional<Target> find(StreamTarget asked) {
        return targets().find(asked.interceptId(), asked.capturePort());
    }

    private TargetTable targets() {
        TargetTable table = newest.get();
        if (table != known) {
            known = table;
            holds.keySet().retainAll(table.addresses());
        }
        return table;
    }

    private static String notServed(StreamTarget asked) {
        return "intercept " + asked.interceptId() + " port " + asked.capturePort() + " is not served here";
    }

    /** Later: the stream must know its listener before it ends. */
    private void refuse(MuxStream stream, ResetCode code, String sentence) {
        loop.execute(() -> stream.reset(CloseCause.byTunnel(code, sentence)));
    }
}
