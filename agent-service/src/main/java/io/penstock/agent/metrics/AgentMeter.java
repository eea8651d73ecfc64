package io.penstock.agent.metrics;

import io.penstock.tunnel.metrics.DescribedMeter;
import io.penstock.tunnel.metrics.MeterDescription;
import io.penstock.tunnel.metrics.MeterKind;
import java.util.List;

/** Every meter of the agent itself: the catalogue from which {@code docs/metrics.md} is generated. <em>Immutable</em>. */
public enum AgentMeter implements DescribedMeter {
    ACCEPTED(
            "penstock.agent.connections.accepted",
            MeterKind.COUNTER,
            "",
            "Connections of callers accepted on captured ports since start."),
    OPEN("penstock.agent.connections.open", MeterKind.GAUGE, "", "Connections of callers that are open now."),
    DIVERTED(
            "penstock.agent.connections.diverted",
            MeterKind.COUNTER,
            "",
            "Connections that a gateway accepted since start."),
    PASSED(
            "penstock.agent.connections.passed",
            MeterKind.COUNTER,
            "",
            "Connections that went to the original app since start, for whatever reason."),
    PASSED_OPEN(
            "penstock.agent.connections.passed.open",
            MeterKind.GAUGE,
            "",
            "Connections to the original app that are open now."),
    FAILED_OPEN(
            "penstock.agent.connections.failed.open",
            MeterKind.COUNTER,
            "",
            "Connections that went to the original app although an intercept was live."),
    REJECTED(
            "penstock.agent.connections.rejected",
            MeterKind.COUNTER,
            "",
            "Connections reset before a gateway accepted them, by policy or because what was sent may have been read."),
    LINK_WAITS(
            "penstock.agent.link.waits",
            MeterKind.COUNTER,
            "",
            "Connections that waited for a link to come back, suggesting that a gateway or a manager went away."),
    APP_DIAL("penstock.agent.app.dial", MeterKind.TIMER, "seconds", "Dials of the original app that succeeded."),
    APP_DIAL_WAITING(
            "penstock.agent.app.dial.waiting",
            MeterKind.GAUGE,
            "",
            "Dials of the original app that wait for their turn now, suggesting a storm."),
    APP_UNREACHABLE(
            "penstock.agent.app.unreachable",
            MeterKind.COUNTER,
            "",
            "Dials of the original app that failed; their callers were reset."),
    MANAGER_ATTACHED(
            "penstock.agent.manager.attached", MeterKind.GAUGE, "", "1 while a manager answers, 0 while none does."),
    MANAGER_LOSSES(
            "penstock.agent.manager.losses",
            MeterKind.COUNTER,
            "",
            "Calls to the manager that failed or ended since start."),
    SNAPSHOT_REVISION(
            "penstock.agent.snapshot.revision", MeterKind.GAUGE, "", "Revision of the snapshot that is in force."),
    SNAPSHOTS(
            "penstock.agent.snapshots",
            MeterKind.COUNTER,
            "",
            "Snapshots received since start: applied, or ignored because a newer one is in force.",
            "outcome"),
    LINK_PORT_REFUSED(
            "penstock.agent.link.port.refused",
            MeterKind.COUNTER,
            "",
            "Carriers refused at the link port since start, by reason.",
            "reason");

    @SuppressWarnings("ImmutableEnumChecker") // a record of values and a copied list
    private final MeterDescription description;

    AgentMeter(String meterName, MeterKind kind, String unit, String meaning, String... tags) {
        this.description = new MeterDescription(meterName, kind, unit, List.of(tags), meaning);
    }

    @Override
    public MeterDescription description() {
        return description;
    }
}
