package io.penstock.tunnel.carrier;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.penstock.tunnel.link.LinkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where accepted carriers report, from whichever loop, and where pairing decisions are carried out.
 *
 * <p><em>Loop-confined</em> to one loop of the group; every entry point hops there.
 */
final class RelayDesk {
    private static final Logger log = LoggerFactory.getLogger(RelayDesk.class);

    private final EventLoop loop;
    private final RelaySettings settings;
    private final RelayEvents events;
    private final boolean splices;
    private final CarrierPairing<WaitingCarrier> pairing;
    private final Map<WaitingCarrier, CarrierSplice> joined = new HashMap<>();
    private final List<SpliceLoop> homes = new ArrayList<>();
    private volatile int pairs;
    private volatile int waiting;

    RelayDesk(RelaySettings settings, Transport transport, EventLoopGroup loops, RelayEvents events) {
        this.loop = loops.next();
        this.settings = settings;
        this.events = events;
        splices = transport.canSplice();
        pairing = new CarrierPairing<>(settings.bounds().maxWaiting());
        for (EventExecutor each : loops) {
            homes.add(new SpliceLoop((EventLoop) each, settings.kernelSplice()));
        }
    }

    RelayEvents events() {
        return events;
    }

    int pairs() {
        return pairs;
    }

    int waiting() {
        return waiting;
    }

    void arrive(WaitingCarrier carrier) {
        JoinToken token = carrier.token();
        hop(() -> carryOut(pairing.arrive(token.link(), token.side(), carrier)));
    }

    void leave(WaitingCarrier carrier) {
        hop(() -> forget(carrier));
    }

    /** Refuses those that wait; pairs go on. */
    void close() {
        hop(() -> {
            carryOut(pairing.close());
            homes.forEach(SpliceLoop::close);
        });
    }

    void resetAll() {
        hop(() -> joined.values().forEach(CarrierSplice::reset));
    }

    private void carryOut(List<PairingEffect<WaitingCarrier>> effects) {
        effects.forEach(this::carryOut);
        waiting = pairing.waiting();
    }

    private void carryOut(PairingEffect<WaitingCarrier> effect) {
        if (effect instanceof PairingEffect.Await<WaitingCarrier> await) {
            long millis = settings.pairingDeadline().toMillis();
            loop.schedule(() -> giveUp(await.carrier()), millis, TimeUnit.MILLISECONDS);
        } else if (effect instanceof PairingEffect.Refuse<WaitingCarrier> refuse) {
            refuse(refuse.carrier(), refuse.refusal(), refuse.detail());
        } else if (effect instanceof PairingEffect.Join<WaitingCarrier> join) {
            join(join.link(), join.agent(), join.gateway());
        } else if (effect instanceof PairingEffect.Part<WaitingCarrier> part) {
            part(part.link(), part.agent());
        }
    }

    private boolean forget(WaitingCarrier carrier) {
        boolean waited = pairing.leave(carrier.token().link(), carrier);
        waiting = pairing.waiting();
        return waited;
    }

    private void giveUp(WaitingCarrier carrier) {
        if (forget(carrier)) {
            String detail = "nobody came (expected: within "
                    + settings.pairingDeadline().toMillis() + " ms)";
            refuse(carrier, JoinRefusal.PAIRING_TIMEOUT, detail);
        }
    }

    private void refuse(WaitingCarrier carrier, JoinRefusal refusal, String detail) {
        JoinToken token = carrier.token();
        log.info("relay: link {} {} refused {}", token.link(), token.side(), refusal);
        events.refused(refusal);
        carrier.refuse(JoinAnswer.refused(refusal, detail));
    }

    private void join(LinkId link, WaitingCarrier agent, WaitingCarrier gateway) {
        SpliceLoop home = lightest();
        home.enter();
        log.info("relay: link {} paired", link);
        events.paired();
        Runnable onEnded = () -> hop(() -> unpair(home, link, agent));
        if (splices && agent.isPlainSocket() && gateway.isPlainSocket()) {
            KernelJoin splice = new KernelJoin(home, events, onEnded);
            keep(agent, splice);
            splice.start(agent, gateway);
        } else {
            ChannelCopy copy = new ChannelCopy(agent, gateway, events, onEnded);
            keep(agent, copy);
            copy.start();
        }
    }

    private void keep(WaitingCarrier agent, CarrierSplice splice) {
        joined.put(agent, splice);
        pairs = joined.size();
    }

    private void part(LinkId link, WaitingCarrier agent) {
        log.info("relay: link {} replaced by a newer carrier", link);
        CarrierSplice splice = joined.get(agent);
        if (splice != null) {
            splice.reset();
        }
    }

    private void unpair(SpliceLoop home, LinkId link, WaitingCarrier agent) {
        joined.remove(agent);
        pairing.unpair(link, agent);
        home.leave();
        pairs = joined.size();
        log.info("relay: link {} unpaired", link);
        events.unpaired();
    }

    /** When the loops have ended, the pairs have ended with them and there is nothing left to keep account of. */
    private void hop(Runnable task) {
        if (!loop.isShutdown()) {
            loop.execute(task);
        }
    }

    private SpliceLoop lightest() {
        SpliceLoop best = homes.get(0);
        for (SpliceLoop home : homes) {
            best = home.pairs() < best.pairs() ? home : best;
        }
        return best;
    }
}
