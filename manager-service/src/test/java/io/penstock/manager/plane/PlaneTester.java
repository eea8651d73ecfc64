package io.penstock.manager.plane;

import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.intercept.Attribution;
import io.penstock.manager.intercept.FailurePolicies;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptRegistry;
import io.penstock.manager.intercept.InterceptSpec;
import io.penstock.manager.intercept.PortRule;
import io.penstock.manager.intercept.StreamCounts;
import io.penstock.manager.intercept.TrafficLimits;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.pairing.ReplacementPolicy;
import io.penstock.manager.report.InterceptFigure;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.report.LinkFigure;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.LeasePolicy;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.Session.Identity;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.workload.WorkloadRef;
import io.penstock.tunnel.link.LinkId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A control plane on a clock that is moved by hand, with short words for what peers do. */
public final class PlaneTester {
    public static final WorkloadRef CHECKOUT = WorkloadRef.parse("shop/checkout");
    private static final Duration STEP = Duration.ofMillis(100);

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final PlaneStore store;
    private final PlaneEvents events;
    private PlaneBuilder.Plane plane;

    public PlaneTester() {
        this(PlaneEvents.NONE);
    }

    public PlaneTester(PlaneEvents events) {
        this(events, PlaneStore.inMemory());
    }

    PlaneTester(PlaneEvents events, PlaneStore store) {
        this.events = events;
        this.store = store;
        this.plane = build();
    }

    private PlaneBuilder.Plane build() {
        var settings = new PlaneSettings(
                new LeasePolicy(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(10)),
                Duration.ofSeconds(30),
                new ReplacementPolicy(
                        Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(5)),
                new InterceptRegistry.Capacity(20, 5),
                new PlaneSettings.Room(5, 5),
                Duration.ofSeconds(1));
        return new PlaneBuilder(settings, () -> now, store, events).build(new SecureRandom());
    }

    /** The manager is killed, and started again on the same store; subscribers of before hear nothing more. */
    void restart() {
        plane = build();
    }

    /** The same after a time without a manager. */
    void restartAfter(Duration down) {
        now = now.plus(down);
        restart();
    }

    public ControlPlane people() {
        return plane.people();
    }

    public Attendance peers() {
        return plane.peers();
    }

    /** Time passes with ticks, as it does when nothing is wrong. */
    public void elapse(Duration duration) {
        for (Duration gone = Duration.ZERO; gone.compareTo(duration) < 0; gone = gone.plus(STEP)) {
            now = now.plus(STEP);
            plane.people().tick();
        }
    }

    /** Time passes at once, as it does when the machine sleeps. */
    void leap(Duration duration) {
        now = now.plus(duration);
        plane.people().tick();
    }

    public SessionId session(String owner) {
        return people().arrive(new Identity(owner, "laptop")).id();
    }

    FakeSubscriber gateway(SessionId session) {
        var subscriber = new FakeSubscriber();
        peers().attachGateway(session, Route.RELAY, subscriber);
        return subscriber;
    }

    FakeSubscriber agent(String id) {
        var subscriber = new FakeSubscriber();
        attach(id, subscriber);
        return subscriber;
    }

    public void attach(String id, Subscriber subscriber) {
        var profile = new AgentProfile(
                CHECKOUT, List.of(new AgentProfile.Capture(8080, "127.0.0.1:8081")), 2, "", false, "test");
        peers().attachAgent(new AgentId(id), profile, subscriber);
    }

    public Intercept intercept(SessionId session, String name) {
        return people().create(spec(session, name, "ann", 8080)).intercept();
    }

    InterceptSpec spec(SessionId session, String name, String owner, int port) {
        return new InterceptSpec(
                name,
                CHECKOUT,
                session,
                List.of(new PortRule(port, "127.0.0.1:3000")),
                FailurePolicies.DEFAULTS,
                TrafficLimits.NONE,
                new Attribution(owner, "", Map.of()));
    }

    Intercept.Status status(InterceptId id) {
        return people().intercept(id).intercept().status();
    }

    /** A report by an end that has applied its newest snapshot. */
    static ReportScript after(FakeSubscriber subscriber) {
        return new ReportScript(subscriber.newest());
    }

    void agentSays(String id, FakeSubscriber subscriber, ReportScript script) {
        peers().agentReported(new AgentId(id), subscriber, script.report());
    }

    /** A report in the making. */
    public static final class ReportScript {
        private final Report.Applied applied;
        private final Map<LinkId, LinkFigure> links = new HashMap<>();
        private final Map<InterceptId, InterceptFigure> intercepts = new HashMap<>();

        public ReportScript(Snapshot applied) {
            this.applied = new Report.Applied(applied.epoch(), applied.revision());
        }

        ReportScript(String epoch, long revision) {
            this.applied = new Report.Applied(epoch, revision);
        }

        public ReportScript intercept(InterceptId id, boolean live, long open) {
            return intercept(
                    id, live, new StreamCounts(open, open, Map.of(), Map.of(), new StreamCounts.Bytes(0, 0, 0)));
        }

        public ReportScript intercept(InterceptId id, boolean live, StreamCounts counts) {
            intercepts.put(id, new InterceptFigure(live, counts));
            return this;
        }

        public ReportScript link(LinkAssignment link, LinkCondition condition, double saturation) {
            return link(link, condition, saturation, 0);
        }

        /** The far end was heard so long ago; 0 says nothing of that. */
        ReportScript link(LinkAssignment link, LinkCondition condition, double saturation, int silentMillis) {
            links.put(link.id(), new LinkFigure(condition, "LINK_LOST", saturation, 250, silentMillis));
            return this;
        }

        public Report report() {
            return new Report(applied, links, intercepts);
        }
    }
}
