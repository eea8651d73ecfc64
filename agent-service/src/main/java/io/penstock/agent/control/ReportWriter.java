package io.penstock.agent.control;

import com.google.protobuf.ByteString;
import io.penstock.api.control.v1.InterceptReport;
import io.penstock.api.control.v1.LinkReport;
import io.penstock.api.control.v1.LinkState;
import io.penstock.api.control.v1.Report;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.metrics.InterceptCounts;
import io.penstock.tunnel.metrics.InterceptTally;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What this agent tells the manager of links and intercepts.
 *
 * <p><em>Loop-confined</em>: the control loop.
 */
final class ReportWriter {

    private final AgentReconciler reconciler;
    private final InterceptTally tally;

    ReportWriter(AgentReconciler reconciler, InterceptTally tally) {
        this.reconciler = reconciler;
        this.tally = tally;
    }

    Report write(AgentSnapshot snapshot) {
        Report.Builder report = Report.newBuilder()
                .setEpoch(snapshot.version().epoch())
                .setRevision(snapshot.version().revision());
        reconciler.links().all().forEach(link -> report.addLinks(link(link)));
        snapshot.rules().forEach(rule -> report.addIntercepts(intercept(rule)));
        return report.build();
    }

    private static LinkReport link(AgentLink link) {
        return LinkReport.newBuilder()
                .setLinkId(ByteString.copyFrom(link.spec().id().toBytes()))
                .setState(state(link.state()))
                .setCode(link.code())
                .setDetail(link.detail())
                .setSaturation(link.stats().saturation())
                .setRoundTripMicros(TimeUnit.NANOSECONDS.toMicros(link.stats().roundTripNanos()))
                .setSilentMillis(link.stats().silentMillis())
                .build();
    }

    private static LinkState state(AgentLink.State state) {
        return switch (state) {
            case CONNECTING -> LinkState.LINK_STATE_CONNECTING;
            case OPEN -> LinkState.LINK_STATE_OPEN;
            case RESUMING -> LinkState.LINK_STATE_RESUMING;
            case DRAINING -> LinkState.LINK_STATE_DRAINING;
            case CLOSED -> LinkState.LINK_STATE_CLOSED;
        };
    }

    private InterceptReport intercept(RuleSpec rule) {
        InterceptCounts counts = tally.of(rule.id());
        return InterceptReport.newBuilder()
                .setInterceptId(rule.id())
                .setLive(reconciler.diverts(rule))
                .setStreamsOpen(counts.streamsOpen())
                .setStreamsOpened(counts.streamsOpened())
                .putAllStreamsClosed(byName(counts, code -> true))
                .putAllStreamsRefused(byName(counts, ResetCode::reachedNobody))
                .setBytesToApp(counts.bytesSent())
                .setBytesFromApp(counts.bytesReceived())
                .setFailedOpen(counts.connectionsFailedOpen())
                .build();
    }

    private static Map<String, Long> byName(InterceptCounts counts, Predicate<ResetCode> wanted) {
        Map<String, Long> named = new HashMap<>();
        counts.streamsClosed().forEach((code, count) -> {
            if (wanted.test(code)) {
                named.put(code.name(), count);
            }
        });
        return named;
    }
}
