package io.penstock.agent.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.penstock.agent.control.ControlReadings;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the agent takes traffic, and how it stands with its manager. It is ready when all captured ports are bound; a manager that
 * is away does not change that, for the app's traffic flows without it.
 *
 * <p><em>Thread-safe</em>.
 */
public final class AgentHealth {

    private static final String UP = "{\"status\":\"UP\"}";
    private static final String OUT_OF_SERVICE = "{\"status\":\"OUT_OF_SERVICE\"}";

    private enum Phase {
        STARTING,
        READY,
        STOPPING
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
    private final ControlReadings manager;

    public AgentHealth(ControlReadings manager) {
        this.manager = manager;
    }

    /** All captured ports are bound. */
    public void ready() {
        phase.set(Phase.READY);
    }

    /** Captured ports are closed; what is open finishes. */
    public void stopping() {
        phase.set(Phase.STOPPING);
    }

    AdminAnswer liveness() {
        return AdminAnswer.json(HttpResponseStatus.OK, UP);
    }

    AdminAnswer readiness() {
        return AdminAnswer.json(status(), isReady() ? UP : OUT_OF_SERVICE);
    }

    AdminAnswer health() {
        String overall = isReady() ? "UP" : "OUT_OF_SERVICE";
        String attached = manager.isAttached() ? "UP" : "UNKNOWN";
        return AdminAnswer.json(
                status(),
                "{\"status\":\"" + overall + "\",\"groups\":[\"liveness\",\"readiness\"],\"components\":{"
                        + "\"captures\":{\"status\":\"" + overall + "\"},"
                        + "\"livenessState\":" + UP + ","
                        + "\"manager\":{\"status\":\"" + attached + "\",\"details\":{\"revision\":"
                        + manager.revision() + "}},"
                        + "\"readinessState\":" + (isReady() ? UP : OUT_OF_SERVICE) + "}}");
    }

    private boolean isReady() {
        return phase.get() == Phase.READY;
    }

    private HttpResponseStatus status() {
        return isReady() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    }
}
