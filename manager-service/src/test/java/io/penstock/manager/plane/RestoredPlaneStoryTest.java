package io.penstock.manager.plane;

import static io.penstock.manager.plane.PlaneTester.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.plane.PlaneTester.ReportScript;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeded stories of two agents, two gateways and their intercepts, with a manager that is killed at any point, after which
 * everybody comes back and reports in any order. As long as nobody is silent for a lease, no snapshot withdraws a link or a rule
 * that is wanted, and nothing that diverts is demoted.
 */
final class RestoredPlaneStoryTest {
    private static final int STEPS = 300;

    private final PlaneTester plane = new PlaneTester();
    private final Map<String, @Nullable FakeSubscriber> agents = new LinkedHashMap<>();
    private final Map<SessionId, @Nullable FakeSubscriber> gateways = new LinkedHashMap<>();
    private Random random = new Random(0);
    private @Nullable InterceptId wanted;
    private @Nullable SessionId holder;
    private boolean active;
    private int restarts;
    private Duration silence = Duration.ZERO;

    /** The links of the wanted intercept, by agent, as they were assigned when it was made. */
    private final Map<String, List<LinkId>> assigned = new HashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("simulation.seeds", 50));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverWithdrawsWhatIsWantedNorDemotesWhatDiverts(long seed) {
        random = new Random(seed);
        List.of("agent-0001", "agent-0002").forEach(id -> agents.put(id, plane.agent(id)));
        for (String owner : List.of("ann", "bob")) {
            SessionId session = plane.session(owner);
            gateways.put(session, plane.gateway(session));
        }

        for (int step = 0; step < STEPS; step++) {
            act();
            check("seed " + seed + " step " + step);
        }

        assertThat(restarts).as("seed " + seed).isPositive();
    }

    private void act() {
        switch (random.nextInt(9)) {
            case 0 -> restart();
            case 1 -> intercept();
            case 2 -> leave();
            case 3 -> elapse();
            case 4, 5, 6 -> agentActs(one(new ArrayList<>(agents.keySet())));
            default -> gatewayActs(one(new ArrayList<>(gateways.keySet())));
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void restart() {
        plane.restartAfter(Duration.ofMillis(random.nextInt(20_000)));
        agents.replaceAll((id, seat) -> null);
        gateways.replaceAll((id, seat) -> null);
        silence = Duration.ZERO;
        restarts++;
    }

    private void intercept() {
        boolean free = plane.people().intercepts().stream()
                .allMatch(each -> each.intercept().state() == InterceptState.ENDED);
        if (free) {
            SessionId session = one(new ArrayList<>(gateways.keySet()));
            wanted = plane.intercept(session, "").id();
            holder = session;
            active = false;
            assigned.clear();
            plane.people()
                    .agents()
                    .forEach(each -> assigned.put(
                            each.agent().id().value(),
                            each.links().stream()
                                    .map(link -> link.assignment().id())
                                    .toList()));
        }
    }

    private void leave() {
        if (wanted != null && random.nextInt(4) == 0) {
            plane.people().leave(wanted);
            wanted = null;
        }
    }

    private void elapse() {
        Duration time = Duration.ofMillis(100L * (1 + random.nextInt(40)));
        plane.elapse(time);
        silence = silence.plus(time);
        if (silence.compareTo(Duration.ofSeconds(8)) > 0) {
            List.copyOf(agents.keySet()).forEach(this::agentActs);
            List.copyOf(gateways.keySet()).forEach(this::gatewayActs);
            silence = Duration.ZERO;
        }
    }

    /** Attaches, or reports that it diverts all that it is told to. */
    private void agentActs(String id) {
        FakeSubscriber seat = agents.get(id);
        if (seat == null) {
            agents.put(id, plane.agent(id));
            return;
        }
        ReportScript script = after(seat);
        seat.newest().picture().rules().stream()
                .filter(rule -> rule.shown() != InterceptState.DRAINING)
                .forEach(rule -> script.intercept(rule.intercept().id(), true, 1));
        plane.agentSays(id, seat, script);
    }

    private void gatewayActs(SessionId id) {
        FakeSubscriber seat = gateways.get(id);
        if (seat == null) {
            gateways.put(id, plane.gateway(id));
        } else {
            plane.peers().gatewayReported(id, seat, after(seat).report());
        }
    }

    private void check(String where) {
        InterceptId id = wanted;
        if (id == null) {
            return;
        }
        InterceptState state = plane.status(id).state();
        assertThat(state)
                .as(where)
                .isIn(active ? List.of(InterceptState.ACTIVE) : List.of(InterceptState.PENDING, InterceptState.ACTIVE));
        active = state == InterceptState.ACTIVE;
        agents.forEach((agent, seat) -> {
            if (seat != null) {
                assertThat(rules(seat)).as(where + " " + agent).containsExactly(id);
                assertThat(links(seat)).as(where + " " + agent).isEqualTo(assigned.get(agent));
            }
        });
        gateways.forEach((session, seat) -> {
            if (seat != null && session.equals(holder)) {
                assertThat(rules(seat)).as(where + " " + session).containsExactly(id);
                assertThat(links(seat))
                        .as(where + " " + session)
                        .containsExactlyInAnyOrderElementsOf(
                                assigned.values().stream().flatMap(List::stream).toList());
            }
        });
    }

    private static List<InterceptId> rules(FakeSubscriber seat) {
        return seat.newest().picture().rules().stream()
                .map(rule -> rule.intercept().id())
                .toList();
    }

    private static List<LinkId> links(FakeSubscriber seat) {
        return seat.newest().picture().links().stream().map(LinkAssignment::id).toList();
    }
}
