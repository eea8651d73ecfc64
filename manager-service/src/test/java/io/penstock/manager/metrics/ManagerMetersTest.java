package io.penstock.manager.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.StreamCounts;
import io.penstock.manager.plane.PlaneTester;
import io.penstock.manager.plane.PlaneTester.ReportScript;
import io.penstock.manager.plane.Snapshot;
import io.penstock.manager.plane.Subscriber;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.link.LinkSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ManagerMetersTest {
    private static final AgentId AGENT = new AgentId("agent-0001");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManagerMeters meters = new ManagerMeters(registry);
    private final RelayMeters relay = new RelayMeters(registry);
    private final PlaneTester plane = new PlaneTester(meters);
    private final List<Snapshot> told = new ArrayList<>();
    private final Subscriber agent = subscriber(told);

    private static Subscriber subscriber(List<Snapshot> offered) {
        return new Subscriber() {
            @Override
            public void offer(Snapshot snapshot) {
                offered.add(snapshot);
            }

            @Override
            public void end(Ending ending) {}
        };
    }

    private Intercept scriptedSession() {
        plane.attach(AGENT.value(), agent);
        SessionId session = plane.session("ann");
        plane.peers().attachGateway(session, Route.RELAY, subscriber(new ArrayList<>()));
        Intercept intercept = plane.intercept(session, "checkout");
        Snapshot newest = told.get(told.size() - 1);
        var counts = new StreamCounts(
                2, 9, Map.of("NONE", 6L, "STALLED", 1L), Map.of("GOING_AWAY", 3L), new StreamCounts.Bytes(100, 200, 4));
        plane.peers()
                .agentReported(
                        AGENT,
                        agent,
                        new ReportScript(newest)
                                .intercept(intercept.id(), true, counts)
                                .link(newest.picture().links().get(0), LinkCondition.OPEN, 0.75)
                                .report());
        meters.onSnapshotSent(LinkSide.AGENT);
        plane.people().observe();
        return intercept;
    }

    private double value(String name, String... tags) {
        var found = registry.get("penstock.manager." + name).tags(tags).meter();
        return found.measure().iterator().next().getValue();
    }

    @Test
    void registersExactlyTheCatalogue() {
        scriptedSession();

        var registered = new TreeMap<String, TreeSet<String>>();
        registry.getMeters().stream()
                .map(Meter::getId)
                .forEach(id -> registered
                        .computeIfAbsent(id.getName(), name -> new TreeSet<>())
                        .addAll(id.getTags().stream().map(tag -> tag.getKey()).toList()));
        var catalogue = new TreeMap<String, TreeSet<String>>();
        Arrays.stream(ManagerMeter.values())
                .forEach(meter -> catalogue.put(meter.meterName(), new TreeSet<>(meter.tags())));
        assertThat(registered).isEqualTo(catalogue);
        assertThat(registry.getMeters()).allSatisfy(meter -> {
            var expected = Arrays.stream(ManagerMeter.values())
                    .filter(each -> each.meterName().equals(meter.getId().getName()))
                    .findFirst()
                    .orElseThrow();
            assertThat(meter.getId().getDescription()).isEqualTo(expected.meaning());
            assertThat(String.valueOf(meter.getId().getType()))
                    .isEqualTo(expected.kind().name());
        });
    }

    @Test
    void showsWhatTheAgentsReportForEachIntercept() {
        scriptedSession();

        assertThat(value("streams.open", "workload", "shop/checkout", "intercept", "checkout"))
                .isEqualTo(2);
        assertThat(value("streams.opened")).isEqualTo(9);
        assertThat(value("streams.closed", "code", "stalled")).isEqualTo(1);
        assertThat(value("streams.refused", "code", "going_away")).isEqualTo(3);
        assertThat(value("stream.bytes", "direction", "to_app")).isEqualTo(100);
        assertThat(value("connections.failed.open")).isEqualTo(4);
        assertThat(value("link.saturation")).isEqualTo(0.75);
        assertThat(value("agents.attached")).isEqualTo(1);
        assertThat(value("sessions", "state", "attached")).isEqualTo(1);
        assertThat(value("intercepts", "state", "active")).isEqualTo(1);
        assertThat(value("intercept.transitions", "state", "active", "reason", "none"))
                .isEqualTo(1);
        assertThat(value("links.assigned")).isEqualTo(2);
    }

    @Test
    void readsTheRelayAndCountsWhatItTells() {
        relay.read(new RelayMeters.Gauges(() -> 3, () -> 1, () -> 2));
        relay.paired();
        relay.refused(JoinRefusal.TOKEN_FORGED);
        relay.moved(LinkSide.GATEWAY, 500);

        assertThat(value("relay.pairs")).isEqualTo(3);
        assertThat(value("relay.waiting")).isEqualTo(1);
        assertThat(value("relay.joining")).isEqualTo(2);
        assertThat(value("relay.paired")).isEqualTo(1);
        assertThat(value("relay.refused", "code", "token_forged")).isEqualTo(1);
        assertThat(value("relay.bytes", "from", "gateway")).isEqualTo(500);
    }

    @Test
    void removesTheSeriesOfAnInterceptThatHasEnded() {
        Intercept intercept = scriptedSession();

        plane.people().leave(intercept.id());
        plane.people().observe();
        assertThat(value("streams.open")).isEqualTo(2);
        plane.peers().agentReported(AGENT, agent, new ReportScript(told.get(told.size() - 1)).report());
        plane.people().observe();

        assertThat(registry.find("penstock.manager.streams.open").meters()).isEmpty();
        assertThat(registry.find("penstock.manager.streams.closed").meters()).isEmpty();
        assertThat(registry.find("penstock.manager.link.saturation").meters()).isEmpty();
    }
}
