package io.penstock.gateway.control;

import com.google.protobuf.ByteString;
import io.penstock.api.control.v1.GatewayHello;
import io.penstock.api.control.v1.GatewayMessage;
import io.penstock.api.control.v1.InterceptReport;
import io.penstock.api.control.v1.LinkReport;
import io.penstock.api.control.v1.LinkState;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Route;
import io.penstock.gateway.session.GatewayReport;
import io.penstock.gateway.session.GatewayReport.InterceptFigure;
import io.penstock.gateway.session.GatewayReport.LinkCondition;
import io.penstock.gateway.session.GatewayReport.LinkFigure;
import io.penstock.gateway.session.Membership;

/**
 * What the gateway says, in the manager's words.
 *
 * <p><em>Immutable</em>.
 */
final class ReportWords {

    private ReportWords() {}

    static GatewayMessage hello(Membership membership, String version) {
        Route route = switch (membership.manager().route()) {
            case RELAY -> Route.ROUTE_RELAY;
            case DIRECT -> Route.ROUTE_DIRECT;
        };
        return GatewayMessage.newBuilder()
                .setHello(GatewayHello.newBuilder()
                        .setSessionId(membership.sessionId())
                        .setRoute(route)
                        .setVersion(version))
                .build();
    }

    static GatewayMessage report(GatewayReport report) {
        Report.Builder words = Report.newBuilder().setEpoch(report.epoch()).setRevision(report.revision());
        report.figures().links().forEach(link -> words.addLinks(link(link)));
        report.figures().intercepts().forEach(intercept -> words.addIntercepts(intercept(intercept)));
        return GatewayMessage.newBuilder().setReport(words).build();
    }

    private static LinkReport link(LinkFigure figure) {
        return LinkReport.newBuilder()
                .setLinkId(ByteString.copyFrom(figure.id().toBytes()))
                .setState(state(figure.condition()))
                .setCode(figure.code())
                .setDetail(figure.detail())
                .setSaturation(figure.saturation())
                .setRoundTripMicros(figure.liveness().roundTripMicros())
                .setSilentMillis(figure.liveness().silentMillis())
                .build();
    }

    private static LinkState state(LinkCondition condition) {
        return switch (condition) {
            case CONNECTING -> LinkState.LINK_STATE_CONNECTING;
            case OPEN -> LinkState.LINK_STATE_OPEN;
            case RESUMING -> LinkState.LINK_STATE_RESUMING;
            case DRAINING -> LinkState.LINK_STATE_DRAINING;
            case CLOSED -> LinkState.LINK_STATE_CLOSED;
        };
    }

    private static InterceptReport intercept(InterceptFigure figure) {
        return InterceptReport.newBuilder()
                .setInterceptId(figure.id())
                .setLive(figure.live())
                .setStreamsOpen(figure.streamsOpen())
                .setStreamsOpened(figure.streamsOpened())
                .putAllStreamsClosed(figure.streamsClosed())
                .putAllStreamsRefused(figure.streamsRefused())
                .setBytesToApp(figure.traffic().bytesToApp())
                .setBytesFromApp(figure.traffic().bytesFromApp())
                .build();
    }
}
