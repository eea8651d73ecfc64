package io.penstock.manager.api.rest;

import io.penstock.manager.intercept.Attribution;
import io.penstock.manager.intercept.FailurePolicies;
import io.penstock.manager.intercept.FailurePolicy;
import io.penstock.manager.intercept.InterceptSpec;
import io.penstock.manager.intercept.PortRule;
import io.penstock.manager.intercept.TrafficLimits;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for when an intercept is made.
 *
 * <p><em>Immutable</em>.
 */
@Schema(name = "InterceptRequest")
record InterceptRequest(
        @Schema(description = "Unique among running intercepts; made up when missing.", example = "checkout") @Nullable
        String name,

        @Schema(
                description = "namespace/name, or namespace/kind/name.",
                example = "shop/checkout",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String workload,

        @Schema(example = "s-5b0c7e12a9d34f60", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String sessionId,

        @Schema(description = "1 to 16 ports.", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable Port> ports,

        @Schema(
                description =
                        "While nothing listens at the target. HOLD: connections wait for it up to a time of 1ms to 5m "
                                + "(default 10s), then FAIL_OPEN (default) or REJECT. FAIL_OPEN: the original app answers. REJECT: "
                                + "the caller is reset.",
                pattern = FailurePolicy.PATTERN,
                defaultValue = "HOLD 10s then FAIL_OPEN",
                example = "HOLD 10s then REJECT")
        @Nullable
        String onAppRefused,

        @Schema(
                description =
                        "While the gateway cannot be reached. HOLD: connections wait up to a time, counted from the loss, "
                                + "then as above. With REJECT or HOLD it holds for as long as the intercept exists, SUSPENDED or not.",
                pattern = FailurePolicy.PATTERN,
                defaultValue = "FAIL_OPEN",
                example = "REJECT")
        @Nullable
        String onGatewayLoss,

        @Nullable Limits limits,

        @Schema(example = "ann") @Nullable String owner,

        @Schema(description = "What for; for people.", example = "trying the new tax rules") @Nullable
        String reason,

        @Nullable Map<String, @Nullable String> labels) {

    /** One port. */
    @Schema(name = "InterceptPort")
    record Port(
            @Schema(description = "The captured port.", example = "8080") @Nullable
            Integer capture,

            @Schema(description = "Where the gateway dials.", example = "127.0.0.1:3000") @Nullable
            String target) {}

    /** How much it may carry, all agents together. */
    @Schema(name = "InterceptLimits")
    record Limits(
            @Schema(
                    description =
                            "Streams open at once. What comes above is refused, counted as REFUSED_LIMIT, and gets what "
                                    + "onAppRefused says in the end. Missing: no limit.",
                    minimum = "1",
                    example = "500")
            @Nullable
            Integer maxStreams,

            @Schema(
                    description =
                            "Bytes in a second, both ways together; what comes faster is held back. Missing: no limit.",
                    minimum = "16384",
                    example = "10000000")
            @Nullable
            Long bytesPerSecond) {}

    /** Reads the request, refusing the first field that cannot be used. */
    InterceptSpec spec() {
        if (sessionId == null || sessionId.isEmpty()) {
            throw Refusal.invalid("sessionId", sessionId, "the id of a session that POST /api/v1/sessions made");
        }
        return new InterceptSpec(
                Objects.requireNonNullElse(name, ""),
                WorkloadRef.parse(workload),
                new SessionId(sessionId),
                rules(),
                policies(),
                limits == null ? TrafficLimits.NONE : TrafficLimits.of(limits.maxStreams(), limits.bytesPerSecond()),
                new Attribution(
                        Objects.requireNonNullElse(owner, ""),
                        Objects.requireNonNullElse(reason, ""),
                        Attribution.labels(labels)));
    }

    private FailurePolicies policies() {
        FailurePolicies usual = FailurePolicies.DEFAULTS;
        return new FailurePolicies(
                FailurePolicy.parse("onAppRefused", onAppRefused, usual.onAppRefused()),
                FailurePolicy.parse("onGatewayLoss", onGatewayLoss, usual.onGatewayLoss()));
    }

    private List<PortRule> rules() {
        List<@Nullable Port> given = ports == null ? List.of() : ports;
        List<PortRule> rules = new ArrayList<>();
        for (Port port : given) {
            if (port == null || port.capture() == null) {
                throw Refusal.invalid("ports[" + rules.size() + "].capture", null, "a captured port, 1 to 65535");
            }
            rules.add(PortRule.parse(rules.size(), port.capture(), port.target()));
        }
        return rules;
    }
}
