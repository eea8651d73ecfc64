package io.penstock.agent.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.penstock.agent.control.ControlReadings;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the agent is to be sent traffic, and how it stands with its manager. It is ready once captured ports are bound and
 * {@code Restoration} says so; a manager that goes away later does not change that, for the app's traffic flows without it. It lives
 * from the start.
 *
 * <p><em>Thread-safe</em>.
 */
public final class AgentHealth {

    private static final String UP = "{\"status\":\"UP\"}";
    private static final String OUT_OF_SERVICE = "{\"status\":\"OUT_OF_SERVICE\"}";

    private enum Phase {
        /** Captured ports are bound; the manager's rules are waited for. */
        STARTING,
        READY,
        /** For good: who says READY may not have heard of it. */
        STOPPING
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
    private final ControlReadings manager;

    public AgentHealth(ControlReadings manager) {
        this.manager = manager;
    }

    /** Callers may be sent. */
    public void ready() {
        phase.compareAndSet(Phase.STARTING, Phase.READY);
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
        String captures = phase.get() == Phase.STOPPING ? "OUT_OF_SERVICE" : "UP";
        String attached = manager.isAttached() ? "UP" : "UNKNOWN";
        return AdminAnswer.json(
                status(),
                "{\"status\":\"" + overall + "\",\"groups\":[\"liveness\",\"readiness\"],\"components\":{"
                        + "\"captures\":{\"status\":\"" + captures + "\"},"
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
