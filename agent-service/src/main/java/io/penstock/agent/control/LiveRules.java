package io.penstock.agent.control;

import io.penstock.agent.route.DivertRule;
import io.penstock.agent.route.RouteTable;
import io.penstock.tunnel.LoopConfined;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rules divert in this agent. A rule goes live once every link of its session has been open since the rule came, so that no
 * event loop diverts before all can; it stays live while the manager wants it, also when a link is lost meanwhile. One that is to
 * keep traffic from the original app while its gateway is lost is live then too, whatever this agent has seen of its links.
 *
 * <p><em>Loop-confined</em>: the control loop.
 */
@LoopConfined
final class LiveRules {

    private static final Logger log = LoggerFactory.getLogger(LiveRules.class);

    /** For each wanted rule, the slots that were seen open. */
    private final Map<String, Set<Integer>> seen = new HashMap<>();

    private final Set<String> live = new HashSet<>();

    /** Looks at rules and links anew; returns the table of what is live now. */
    RouteTable update(List<RuleSpec> rules, LinkSet links) {
        List<DivertRule> table = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        for (RuleSpec spec : rules) {
            if (spec.wanted() || spec.guards()) {
                wanted.add(spec.id());
                goLive(spec, links);
            }
            if (wanted.contains(spec.id()) && isLive(spec.id())) {
                table.add(spec.rule());
            }
        }
        forgetAllBut(wanted);
        return RouteTable.of(table);
    }

    /** The rules that are live now. */
    Set<String> ids() {
        return Set.copyOf(live);
    }

    boolean isLive(String interceptId) {
        return live.contains(interceptId);
    }

    private void goLive(RuleSpec spec, LinkSet links) {
        if (spec.wanted()) {
            goLiveIfLinked(spec.rule(), links);
        } else if (live.add(spec.id())) {
            log.info("intercept {}: its gateway is lost, and the original app is not to answer at once", spec.id());
        }
    }

    private void goLiveIfLinked(DivertRule rule, LinkSet links) {
        if (isLive(rule.interceptId())) {
            return;
        }
        Set<Integer> opened = seen.computeIfAbsent(rule.interceptId(), id -> new HashSet<>());
        opened.addAll(links.slots(rule.sessionId(), true));
        Set<Integer> listed = links.slots(rule.sessionId(), false);
        if (!listed.isEmpty() && opened.containsAll(listed)) {
            live.add(rule.interceptId());
            log.info(
                    "intercept {}: ports {} -> diverting to session {}",
                    rule.interceptId(),
                    rule.ports(),
                    rule.sessionId());
        }
    }

    private void forgetAllBut(Set<String> wanted) {
        seen.keySet().retainAll(wanted);
        live.removeIf(id -> {
            boolean gone = !wanted.contains(id);
            if (gone) {
                log.info("intercept {}: new connections -> the original app", id);
            }
            return gone;
        });
    }
}
