package io.penstock.gateway.forward;

import io.penstock.gateway.session.InterceptRule;
import io.penstock.tunnel.address.HostPort;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which local target answers for which intercept and captured port, as the newest snapshot says. Swapped whole.
 *
 * <p>Rules that drain stay in the table: a stream that the agent opened a moment before it heard is still served.
 *
 * <p><em>Immutable</em>.
 */
public final class TargetTable {

    /** Serves nothing. */
    public static final TargetTable EMPTY = new TargetTable(Map.of());

    private final Map<String, Map<Integer, InetSocketAddress>> targets;

    private TargetTable(Map<String, Map<Integer, InetSocketAddress>> targets) {
        this.targets = targets;
    }

    /** Looks each target up, once. A target without an address is left out. */
    public static TargetTable of(List<InterceptRule> rules) {
        Map<String, Map<Integer, InetSocketAddress>> targets = new HashMap<>();
        for (InterceptRule rule : rules) {
            Map<Integer, InetSocketAddress> ports = new HashMap<>();
            rule.ports()
                    .forEach(port -> HostPort.parse(port.target())
                            .map(HostPort::resolve)
                            .filter(address -> !address.isUnresolved())
                            .ifPresent(address -> ports.put(port.capture(), address)));
            targets.put(rule.id(), Map.copyOf(ports));
        }
        return new TargetTable(Map.copyOf(targets));
    }

    public Optional<InetSocketAddress> find(String interceptId, int capturePort) {
        return Optional.ofNullable(targets.getOrDefault(interceptId, Map.of()).get(capturePort));
    }

    /** Whether every port of the rule has a target that can be dialled. */
    public boolean servesAll(InterceptRule rule) {
        return rule.ports().stream()
                .allMatch(port -> find(rule.id(), port.capture()).isPresent());
    }

    Collection<InetSocketAddress> addresses() {
        return targets.values().stream()
                .flatMap(ports -> ports.values().stream())
                .toList();
    }
}
