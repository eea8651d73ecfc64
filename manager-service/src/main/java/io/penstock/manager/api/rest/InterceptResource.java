package io.penstock.manager.api.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.PortRule;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.intercept.StreamCounts;
import io.penstock.manager.intercept.TrafficLimits;
import io.penstock.manager.plane.InterceptView;
import io.penstock.manager.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An intercept as REST shows it.
 *
 * <p><em>Immutable</em>.
 */
@Schema(name = "Intercept")
record InterceptResource(
        @Schema(example = "i-0d1c52aa90be77f3") String id,
        @JsonUnwrapped Asked asked,
        @JsonUnwrapped Standing standing,
        Stats stats) {

    /** What was asked for. */
    @Schema(name = "InterceptAsked")
    record Asked(
            @Schema(example = "checkout") String name,
            WorkloadRef workload,
            @Schema(example = "s-5b0c7e12a9d34f60") String sessionId,
            List<PortRule> ports,
            @Schema(example = "HOLD 10s then FAIL_OPEN") String onAppRefused,
            @Schema(example = "FAIL_OPEN") String onGatewayLoss,
            @Schema(description = "Of each 0 is no limit.") TrafficLimits limits,
            @Schema(example = "ann") String owner,
            String reason,
            Map<String, String> labels) {}

    /** Where it stands, and since when. */
    @Schema(name = "InterceptStanding")
    record Standing(InterceptState state, Why stateReason, Instant createdAt, Instant changedAt) {}

    /** Why it stands there. */
    @Schema(name = "StateReason")
    record Why(StateReason code, String detail) {}

    /** The numbers that its agents report. */
    @Schema(name = "InterceptStats")
    record Stats(
            long streamsOpen,
            long streamsOpened,
            Map<String, Long> streamsClosed,
            Map<String, Long> streamsRefused,
            long bytesToApp,
            long bytesFromApp,
            long failedOpen,
            @Schema(description = "0 idle, 1 full.") double saturation) {}

    static InterceptResource of(InterceptView view) {
        Intercept intercept = view.intercept();
        var status = intercept.status();
        var standing = new Standing(
                status.state(),
                new Why(status.reason(), status.detail()),
                intercept.createdAt(),
                status.changed().wall());
        return new InterceptResource(intercept.id().value(), asked(intercept), standing, stats(view));
    }

    private static Asked asked(Intercept intercept) {
        var spec = intercept.spec();
        var attribution = spec.attribution();
        return new Asked(
                spec.name(),
                spec.workload(),
                spec.session().value(),
                spec.ports(),
                spec.onFailure().onAppRefused().toString(),
                spec.onFailure().onGatewayLoss().toString(),
                spec.limits(),
                attribution.owner(),
                attribution.reason(),
                attribution.labels());
    }

    private static Stats stats(InterceptView view) {
        StreamCounts counts = view.counts();
        return new Stats(
                counts.open(),
                counts.opened(),
                counts.closed(),
                counts.refused(),
                counts.bytes().toApp(),
                counts.bytes().fromApp(),
                counts.bytes().failedOpen(),
                view.saturation());
    }
}
