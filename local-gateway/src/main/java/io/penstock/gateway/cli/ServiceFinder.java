package io.penstock.gateway.cli;

import io.penstock.gateway.home.ServiceState;
import io.penstock.gateway.home.StateFile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds the running service of a home, if there is one that answers.
 *
 * <p><em>Thread-safe</em>.
 */
final class ServiceFinder {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Console console;

    ServiceFinder(Console console) {
        this.console = console;
    }

    /** The service that the state file names, if its process lives and answers there. A stale file counts as none. */
    Optional<GatewayClient> find() {
        return state().filter(ServiceState::isAlive).map(GatewayClient::new).filter(this::isAnswering);
    }

    /** A service to ask; the command ends with a sentence when there is none. */
    GatewayClient require() {
        return find().orElseThrow(() -> new CommandFailure(
                ExitCode.GATEWAY_FAILED,
                "gateway service: none runs for " + console.home().directory()
                        + " (expected: one; penstock intercept starts it)"));
    }

    /** What the state file says, whether or not that is so still. */
    Optional<ServiceState> state() {
        try {
            return new StateFile(console.home()).read();
        } catch (UncheckedIOException e) {
            throw new CommandFailure(ExitCode.GATEWAY_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private boolean isAnswering(GatewayClient client) {
        try {
            client.get("/api/v1/status", ANSWER);
            return true;
        } catch (CommandFailure e) {
            // Another program may have the port of a service that was killed: then the token is refused, or it is not
            // JSON.
            return false;
        }
    }
}
