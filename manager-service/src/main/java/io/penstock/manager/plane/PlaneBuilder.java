package io.penstock.manager.plane;

import io.penstock.manager.agent.AgentRegistry;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptRegistry;
import io.penstock.manager.intercept.InterceptStore;
import io.penstock.manager.intercept.StreamLedger;
import io.penstock.manager.pairing.LinkPlan;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionRegistry;
import io.penstock.tunnel.link.LinkId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;

/**
 * The control plane's two faces over one set of facts.
 *
 * <p><em>Startup only</em>.
 */
public record PlaneBuilder(PlaneSettings settings, InstantSource clock, InterceptStore store, PlaneEvents events) {
    private static final int ID_BYTES = 8;

    /** Both faces; whoever holds them calls them on the control loop only. */
    public record Plane(ControlPlane people, Attendance peers) {}

    /** Builds a plane of a new epoch. */
    public Plane build(SecureRandom random) {
        var state = new PlaneState(
                new SessionRegistry(settings.lease(), settings.sessions(), () -> new SessionId("s-" + hex(random))),
                new AgentRegistry(settings.lease(), settings.agents()),
                new InterceptRegistry(
                        store, settings.intercepts(), () -> new InterceptId("i-" + hex(random)), events::onTransition),
                new LinkPlan(settings.replacement(), () -> LinkId.random(random)),
                new StreamLedger(),
                new HashMap<>());
        var time = new PlaneTime(clock);
        var settlement = new Settlement(state, time, settings.drainGrace(), hex(random));
        return new Plane(
                new ControlPlane(state, time, settlement, events), new Attendance(state, time, settlement, events));
    }

    private static String hex(SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
