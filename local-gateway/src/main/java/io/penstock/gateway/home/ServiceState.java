package io.penstock.gateway.home;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach the running service, and which process it is.
 *
 * @param port on 127.0.0.1
 * @param token what each call must show; never printed
 * @param pid of the service
 * @param startedAt when it became ready
 *     <p><em>Immutable</em>.
 */
public record ServiceState(int port, String token, long pid, Instant startedAt) {

    /** Reads the text of a state file; nothing when it is not one. */
    static Optional<ServiceState> parse(String text) {
        try {
            JsonView view = Json.readObject(text);
            ServiceState state = new ServiceState(
                    (int) view.number("port"),
                    view.text("token"),
                    view.number("pid"),
                    Instant.parse(view.text("startedAt")));
            return state.isComplete() ? Optional.of(state) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeParseException e) {
            // Half a file, or somebody else's: as good as none.
            return Optional.empty();
        }
    }

    String format() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("port", port);
        fields.put("token", token);
        fields.put("pid", pid);
        fields.put("startedAt", startedAt);
        return Json.write(fields) + "\n";
    }

    /** Whether the process still lives; says nothing about whether it answers. */
    public boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private boolean isComplete() {
        return port > 0 && port <= 65535 && pid > 0 && !token.isEmpty();
    }

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "gateway service at 127.0.0.1:" + port + ", pid " + pid;
    }
}
