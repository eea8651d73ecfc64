package io.penstock.manager.plane;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentRegistry;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptRegistry;
import io.penstock.manager.intercept.StreamLedger;
import io.penstock.manager.keep.Keeper;
import io.penstock.manager.keep.Kept;
import io.penstock.manager.keep.Shelf;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.pairing.LinkPlan;
import io.penstock.manager.session.Session;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionRegistry;
import io.penstock.tunnel.link.LinkId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane's two faces over one set of facts, which are those that the store holds: a plane that is built on the
 * store of one that is no more goes on as one that has not heard from anybody for a moment.
 *
 * <p><em>Startup only</em>.
 */
public record PlaneBuilder(PlaneSettings settings, InstantSource clock, PlaneStore store, PlaneEvents events) {
    private static final Logger log = LoggerFactory.getLogger(PlaneBuilder.class);
    private static final int ID_BYTES = 8;

    /** Both faces; whoever holds them calls them on the control loop only. */
    public record Plane(ControlPlane people, Attendance peers) {}

    /** What is kept, in memory. <em>Loop-confined</em>. */
    private record KeptPlane(
            Kept<SessionId, Session> sessions,
            Kept<AgentId, Agent> agents,
            Kept<InterceptId, Intercept> intercepts,
            Kept<LinkId, LinkAssignment> links) {

        static KeptPlane empty() {
            return new KeptPlane(
                    new Kept<>(Session::lasting),
                    new Kept<>(Agent::lasting),
                    new Kept<>(Intercept::lasting),
                    new Kept<>(LinkAssignment::lasting));
        }

        List<Shelf<?, ?>> on(PlaneStore store) {
            return List.of(
                    new Shelf<>(sessions, store.sessions()),
                    new Shelf<>(agents, store.agents()),
                    new Shelf<>(intercepts, store.intercepts()),
                    new Shelf<>(links, store.links()));
        }
    }

    /** Builds a plane of a new epoch. */
    public Plane build(SecureRandom random) {
        var time = new PlaneTime(clock);
        KeptPlane kept = KeptPlane.empty();
        var keeper = new Keeper(kept.on(store), store.writing(), settings.writeDeadline(), events, time::steady);
        restore(kept, keeper, time);
        PlaneState state = state(kept, random);
        String epoch = hex(random);
        var unheard = new Unheard(
                kept.agents().all(), epoch, time.steady(), settings.lease().lease());
        var settlement = new Settlement(state, time, settings.drainGrace(), epoch, unheard, keeper);
        return new Plane(
                new ControlPlane(state, time, settlement, keeper, events),
                new Attendance(state, time, settlement, events, settings.lease().reportInterval()));
    }

    private void restore(KeptPlane kept, Keeper keeper, PlaneTime time) {
        keeper.restore();
        List.copyOf(kept.sessions().all())
                .forEach(each -> kept.sessions().put(each.id(), each.restored(time.wall(), settings.lease())));
        List.copyOf(kept.intercepts().all())
                .forEach(each -> kept.intercepts().put(each.id(), each.restored(time.wall())));
        if (kept.sessions().size() + kept.agents().size() + kept.intercepts().size() > 0) {
            log.info(
                    "state restored: sessions={} agents={} intercepts={} links={}",
                    kept.sessions().size(),
                    kept.agents().size(),
                    kept.intercepts().size(),
                    kept.links().size());
        }
    }

    private PlaneState state(KeptPlane kept, SecureRandom random) {
        return new PlaneState(
                new SessionRegistry(
                        settings.lease(),
                        settings.room().sessions(),
                        () -> new SessionId("s-" + hex(random)),
                        kept.sessions()),
                new AgentRegistry(settings.lease(), settings.room().agents(), kept.agents()),
                new InterceptRegistry(
                        kept.intercepts(),
                        settings.intercepts(),
                        () -> new InterceptId("i-" + hex(random)),
                        events::onTransition),
                new LinkPlan(settings.replacement(), () -> LinkId.random(random), kept.links()),
                new StreamLedger(),
                new HashMap<>());
    }

    private static String hex(SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
