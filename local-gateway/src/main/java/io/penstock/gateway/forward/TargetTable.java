package io.penstock.gateway.forward;

import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.tunnel.address.HostPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    private final Map<String, Map<Integer, Target>> targets;

    /**
     * Who answers for one port.
     *
     * @param text as it was asked for
     * @param address null while the name has none
     * @param allowance what its intercept may still carry
     * @param hold how long a stream waits there that is refused; zero also while the rule is being left
     *     <p><em>Immutable</em>.
     */
    record Target(String text, @Nullable InetSocketAddress address, Duration hold, Allowance allowance) {}

    private TargetTable(Map<String, Map<Integer, Target>> targets) {
        this.targets = targets;
    }

    /** The table of the rules; the functions say where each target is now, and what each rule may carry. */
    static TargetTable of(
            List<InterceptRule> rules,
            Function<HostPort, Optional<InetSocketAddress>> addresses,
            Function<InterceptRule, Allowance> allowances) {
        Map<String, Map<Integer, Target>> targets = new HashMap<>();
        for (InterceptRule rule : rules) {
            Map<Integer, Target> ports = new HashMap<>();
            Duration hold = hold(rule);
            Allowance allowance = allowances.apply(rule);
            for (InterceptRule.Port port : rule.ports()) {
                InetSocketAddress address =
                        HostPort.parse(port.target()).flatMap(addresses).orElse(null);
                ports.put(port.capture(), new Target(port.target(), address, hold, allowance));
            }
            targets.put(rule.id(), Map.copyOf(ports));
        }
        return new TargetTable(Map.copyOf(targets));
    }

    private static Duration hold(InterceptRule rule) {
        boolean left = rule.state() == InterceptState.DRAINING || rule.state() == InterceptState.ENDED;
        return left ? Duration.ZERO : rule.onAppRefused().hold();
    }

    /** Every target of the rules, once. */
    static Set<HostPort> targetsOf(List<InterceptRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.ports().stream())
                .flatMap(port -> HostPort.parse(port.target()).stream())
                .collect(Collectors.toSet());
    }

    Optional<Target> find(String interceptId, int capturePort) {
        return Optional.ofNullable(targets.getOrDefault(interceptId, Map.of()).get(capturePort));
    }

    /** Whether every port of the rule has a target that can be dialled. */
    boolean servesAll(InterceptRule rule) {
        return rule.ports().stream()
                .allMatch(port ->
                        find(rule.id(), port.capture()).map(Target::address).isPresent());
    }

    /** Where the rule's targets are, each once. */
    Set<InetSocketAddress> addressesOf(InterceptRule rule) {
        return rule.ports().stream()
                .flatMap(port -> find(rule.id(), port.capture()).stream())
                .flatMap(target -> Stream.ofNullable(target.address()))
                .collect(Collectors.toSet());
    }

    Set<InetSocketAddress> addresses() {
        return targets.values().stream()
                .flatMap(ports -> ports.values().stream())
                .flatMap(target -> Stream.ofNullable(target.address()))
                .collect(Collectors.toSet());
    }
}
