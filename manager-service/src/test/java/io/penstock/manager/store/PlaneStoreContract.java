package io.penstock.manager.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.agent.AgentProfile;
import io.penstock.manager.agent.AgentProfile.Capture;
import io.penstock.manager.intercept.Attribution;
import io.penstock.manager.intercept.FailurePolicies;
import io.penstock.manager.intercept.FailurePolicy;
import io.penstock.manager.intercept.FailurePolicy.Answer;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptSpec;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.Moment;
import io.penstock.manager.intercept.PortRule;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.intercept.TrafficLimits;
import io.penstock.manager.keep.Store;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.pairing.LinkAssignment.Ends;
import io.penstock.manager.pairing.LinkAssignment.Way;
import io.penstock.manager.plane.PlaneStore;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.Session;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import io.penstock.manager.workload.WorkloadRef;
import io.penstock.tunnel.link.LinkId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What any store does: it keeps what lasts, in the order in which it came, and all of a batch or nothing. */
interface PlaneStoreContract {
    Instant WHEN = Instant.parse("2026-11-22T10:00:00.123456789Z");
    Report SAID = new Report(new Report.Applied("e", 7), Map.of(), Map.of());

    PlaneStore stores();

    static Session session(String id, SessionState state) {
        return new Session(
                new SessionId(id),
                new Session.Identity("ann", "laptop \"ä\""),
                state,
                Route.DIRECT,
                new Session.Times(WHEN, WHEN, state == SessionState.LOST ? WHEN.plusSeconds(20) : null));
    }

    static Agent agent(String id) {
        var profile = new AgentProfile(
                WorkloadRef.parse("shop/StatefulSet/db"),
                List.of(new Capture(8080, "127.0.0.1:8081"), new Capture(9090, "[::1]:9091")),
                2,
                "10.0.0.1:7071",
                true,
                "1.2");
        return new Agent(new AgentId(id), profile, WHEN, WHEN, SAID);
    }

    static Intercept intercept(String id, InterceptState state) {
        var spec = new InterceptSpec(
                "checkout",
                WorkloadRef.parse("shop/checkout"),
                new SessionId("s-1"),
                List.of(new PortRule(8080, "127.0.0.1:3000")),
                new FailurePolicies(FailurePolicy.REJECT, new FailurePolicy(Duration.ofSeconds(30), Answer.REJECT)),
                new TrafficLimits(500, 10_000_000_000L),
                new Attribution("ann", "because, 'so'", Map.of("team", "shop")));
        var status = new Intercept.Status(state, StateReason.LINK_LOST, "x".repeat(300), new Moment(WHEN, WHEN, 9), 5);
        return new Intercept(new InterceptId(id), spec, status, WHEN);
    }

    static LinkAssignment link(long id) {
        return new LinkAssignment(
                new LinkId(-1, id),
                1,
                new Ends(new AgentId("agent-0001"), new SessionId("s-1")),
                new Way(Route.DIRECT, "10.0.0.1:7071", true),
                WHEN);
    }

    /** Writes on the store's own thread, and waits for it. */
    private void write(Runnable work) {
        try {
            stores().writing().submit(work).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    private <K, V> void keeps(Store<K, V> store, UnaryOperator<V> lasting, Map<K, V> things) {
        var batch = new LinkedHashMap<K, Optional<V>>();
        things.forEach((key, thing) -> batch.put(key, Optional.of(thing)));

        write(() -> store.write(batch));

        var expected = new LinkedHashMap<K, V>();
        things.forEach((key, thing) -> expected.put(key, lasting.apply(thing)));
        assertThat(store.load()).containsExactlyEntriesOf(expected);
    }

    @Test
    default void keepsWhatLastsOfASession() {
        var things = new LinkedHashMap<SessionId, Session>();
        for (SessionState state : SessionState.values()) {
            Session session = session("s-" + state.name(), state);
            things.put(session.id(), session);
        }
        keeps(stores().sessions(), Session::lasting, things);
    }

    @Test
    default void keepsASessionThatHasNotAttached() {
        Session awaited = new Session(
                new SessionId("s-1"),
                new Session.Identity("", ""),
                SessionState.AWAITED,
                null,
                new Session.Times(WHEN, Instant.EPOCH, null));
        keeps(stores().sessions(), Session::lasting, Map.of(awaited.id(), awaited));
    }

    @Test
    default void keepsWhatLastsOfAnAgent() {
        keeps(stores().agents(), Agent::lasting, Map.of(new AgentId("agent-0001"), agent("agent-0001")));
    }

    @Test
    default void keepsWhatLastsOfAnIntercept() {
        var things = new LinkedHashMap<InterceptId, Intercept>();
        for (InterceptState state : InterceptState.values()) {
            Intercept intercept = intercept("i-" + state.name(), state);
            things.put(intercept.id(), intercept);
        }
        keeps(stores().intercepts(), Intercept::lasting, things);
    }

    @Test
    default void keepsWhatLastsOfALink() {
        keeps(stores().links(), LinkAssignment::lasting, Map.of(new LinkId(-1, 3), link(3)));
    }

    @Test
    default void keepsTheOrderInWhichThingsCameAndTheNewestOfEach() {
        Store<SessionId, Session> sessions = stores().sessions();
        for (String id : List.of("s-9", "s-1", "s-5")) {
            write(() -> sessions.write(Map.of(new SessionId(id), Optional.of(session(id, SessionState.AWAITED)))));
        }
        write(() -> sessions.write(Map.of(new SessionId("s-9"), Optional.of(session("s-9", SessionState.LOST)))));

        assertThat(sessions.load().values())
                .extracting(Session::id)
                .extracting(SessionId::value)
                .containsExactly("s-9", "s-1", "s-5");
        assertThat(sessions.load().get(new SessionId("s-9")))
                .isEqualTo(session("s-9", SessionState.LOST).lasting());
    }

    @Test
    default void forgetsWhatIsRemovedAndMindsNotWhenItNeverWas() {
        Store<LinkId, LinkAssignment> links = stores().links();
        write(() -> links.write(Map.of(new LinkId(-1, 3), Optional.of(link(3)))));

        write(() -> links.write(Map.of(new LinkId(-1, 3), Optional.empty(), new LinkId(-1, 4), Optional.empty())));

        assertThat(links.load()).isEmpty();
    }
}
