package io.penstock.agent.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are live in this agent, by captured port; swapped whole in each event loop. Of two rules for one port, which a
 * manager does not allow, the first counts.
 *
 * <p><em>Immutable</em>.
 */
public final class RouteTable {

    public static final RouteTable EMPTY = new RouteTable(List.of());

    private final int[] ports;
    private final DivertRule[] rules;

    private RouteTable(List<DivertRule> live) {
        List<Integer> known = new ArrayList<>();
        List<DivertRule> owners = new ArrayList<>();
        for (DivertRule rule : live) {
            for (int port : rule.ports()) {
                if (!known.contains(port)) {
                    known.add(port);
                    owners.add(rule);
                }
            }
        }
        this.ports = known.stream().mapToInt(Integer::intValue).toArray();
        this.rules = owners.toArray(DivertRule[]::new);
    }

    public static RouteTable of(List<DivertRule> live) {
        return live.isEmpty() ? EMPTY : new RouteTable(live);
    }

    /** The rule for a captured port, or null when its traffic is the original app's. */
    public @Nullable DivertRule ruleFor(int port) {
        for (int i = 0; i < ports.length; i++) {
            if (ports[i] == port) {
                return rules[i];
            }
        }
        return null;
    }

    /** Whether any rule counts on that session's links. */
    boolean names(String sessionId) {
        for (DivertRule rule : rules) {
            if (rule.sessionId().equals(sessionId)) {
                return true;
            }
        }
        return false;
    }
}
