package io.penstock.gateway.intercept;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.tunnel.address.HostPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An intercept that a developer asks for. Only what the gateway itself uses is checked here; the manager checks the rest and its
 * words are passed on.
 *
 * @param limits maxStreams, bytesPerSecond; those that are missing are no limit
 * @param words what goes to the manager: name, reason, onAppRefused, onGatewayLoss; "" is left out
 *     <p><em>Immutable</em>.
 */
public record InterceptWish(
        ManagerRef manager,
        String workload,
        List<InterceptView.Port> ports,
        Map<String, Long> limits,
        Map<String, String> words) {

    public InterceptWish {
        ports = List.copyOf(ports);
        limits = Map.copyOf(limits);
        words = Map.copyOf(words);
        if (ports.isEmpty()) {
            throw GatewayProblem.invalid("ports", "none", "at least one, with capture and target");
        }
        ports.forEach(InterceptWish::check);
    }

    private static void check(InterceptView.Port port) {
        if (HostPort.parse(port.target()).isEmpty()) {
            throw GatewayProblem.invalid("target", port.target(), HostPort.EXPECTATION);
        }
    }

    /** Who is to answer, port by port. */
    List<HostPort> targets() {
        return ports.stream()
                .flatMap(port -> HostPort.parse(port.target()).stream())
                .toList();
    }

    Map<String, @Nullable Object> body(String sessionId, String owner) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("workload", workload);
        body.put("sessionId", sessionId);
        body.put("owner", owner);
        body.put("ports", ports.stream().map(InterceptWish::body).toList());
        if (!limits.isEmpty()) {
            body.put("limits", limits);
        }
        words.forEach((name, value) -> {
            if (!value.isEmpty()) {
                body.put(name, value);
            }
        });
        return body;
    }

    private static Map<String, Object> body(InterceptView.Port port) {
        String target = HostPort.parse(port.target()).map(HostPort::toString).orElse(port.target());
        return Map.of("capture", port.capture(), "target", target);
    }
}
