package io.penstock.gateway.cli;

import io.penstock.gateway.home.ServiceState;
import java.time.Duration;
import java.util.Map;

/**
 * The end of a service that is told to stop.
 *
 * <p><em>Thread-safe</em>.
 */
final class ServiceEnd {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Console console;

    ServiceEnd(Console console) {
        this.console = console;
    }

    /** Stops it, and waits until its process is gone. */
    void stop(GatewayClient client, boolean now) {
        client.post("/api/v1/shutdown?now=" + now, Map.of());
        await(client.service());
    }

    /** The same if nobody uses it; returns whether it is gone. */
    boolean stopUnused(GatewayClient client) {
        boolean stops = client.post("/api/v1/shutdown?now=true&unlessUsed=true", Map.of())
                .truth("stopping");
        if (stops) {
            await(client.service());
        }
        return stops;
    }

    private void await(ServiceState service) {
        Deadline deadline = Deadline.in(LONGEST, console.clock());
        while (service.isAlive()) {
            if (deadline.isOver() || console.stop().await(LOOK)) {
                throw new CommandFailure(
                        ExitCode.GATEWAY_FAILED,
                        service + " still runs (expected: its end within " + LONGEST.toSeconds() + " s)");
            }
        }
    }
}
