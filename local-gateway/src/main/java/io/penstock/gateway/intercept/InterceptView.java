package io.penstock.gateway.intercept;

import io.penstock.gateway.json.JsonView;
import io.penstock.gateway.session.GatewayReport.InterceptFigure;
import io.penstock.gateway.session.InterceptRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One intercept as the command shows it; the JSON of the local REST.
 *
 * @param workload "namespace/name"
 * @param streams null when it is not this gateway's, or not known here yet
 * @param held streams that wait now because the app refuses connections
 *     <p><em>Immutable</em>.
 */
public record InterceptView(
        String id,
        String name,
        String workload,
        String owner,
        String state,
        Reason stateReason,
        List<Port> ports,
        String onAppRefused,
        @Nullable Streams streams,
        long held) {

    /** A stable code and a sentence; both "" when the state needs none. <em>Immutable</em>. */
    public record Reason(String code, String detail) {
        private static final Reason UNRESOLVED = new Reason(
                "TARGET_UNRESOLVED", "a target has no address (expected: a name that this machine can look up)");
    }

    /** A captured port and who answers for it. <em>Immutable</em>. */
    public record Port(int capture, String target) {}

    /**
     * The streams of one intercept, or of all, since the gateway first saw them.
     *
     * @param failed those that did not end cleanly or reached no app
     *     <p><em>Immutable</em>.
     */
    public record Streams(
            long open,
            long opened,
            long failed,
            Map<String, Long> closed,
            Map<String, Long> refused,
            long bytesToApp,
            long bytesFromApp) {

        static final Streams NONE = new Streams(0, 0, 0, Map.of(), Map.of(), 0, 0);

        static Streams sum(List<InterceptFigure> figures) {
            return figures.stream().map(Streams::of).reduce(NONE, Streams::plus);
        }

        private Streams plus(Streams more) {
            return new Streams(
                    open + more.open,
                    opened + more.opened,
                    failed + more.failed,
                    merge(closed, more.closed),
                    merge(refused, more.refused),
                    bytesToApp + more.bytesToApp,
                    bytesFromApp + more.bytesFromApp);
        }

        private static Map<String, Long> merge(Map<String, Long> some, Map<String, Long> others) {
            Map<String, Long> sum = new TreeMap<>(some);
            others.forEach((code, count) -> sum.merge(code, count, Long::sum));
            return sum;
        }

        static Streams of(InterceptFigure figure) {
            return new Streams(
                    figure.streamsOpen(),
                    figure.streamsOpened(),
                    figure.streamsFailed(),
                    figure.streamsClosed(),
                    figure.streamsRefused(),
                    figure.traffic().bytesToApp(),
                    figure.traffic().bytesFromApp());
        }
    }

    static InterceptView of(InterceptRule rule, InterceptFigure figure) {
        List<Port> ports = rule.ports().stream()
                .map(port -> new Port(port.capture(), port.target()))
                .toList();
        return new InterceptView(
                rule.id(),
                rule.name(),
                rule.workload(),
                "",
                rule.state().name(),
                figure.live() ? new Reason(rule.standing().reason(), "") : Reason.UNRESOLVED,
                ports,
                rule.onAppRefused().toString(),
                Streams.of(figure),
                figure.held());
    }

    /** The manager's own resource. */
    static InterceptView of(JsonView resource) {
        JsonView reason = resource.object("stateReason");
        List<Port> ports = resource.objects("ports").stream()
                .map(port -> new Port((int) port.number("capture"), port.text("target")))
                .toList();
        return new InterceptView(
                resource.text("id"),
                resource.text("name"),
                workload(resource),
                resource.text("owner"),
                resource.text("state"),
                new Reason(reason.text("code"), reason.text("detail")),
                ports,
                resource.text("onAppRefused"),
                null,
                0);
    }

    /** The manager's word on state and reason, with our own counts. */
    InterceptView withCountsOf(InterceptView ours) {
        return new InterceptView(
                id, name, workload, owner, state, stateReason, ports, onAppRefused, ours.streams, ours.held);
    }

    private static String workload(JsonView resource) {
        JsonView parts = resource.object("workload");
        return parts.fields().isEmpty()
                ? resource.text("workload")
                : parts.text("namespace") + "/" + parts.text("name");
    }
}
