package io.penstock.agent.control;

import io.penstock.agent.control.AgentSnapshot.Version;
import io.penstock.agent.control.Restoration.Progress;
import io.penstock.agent.route.LoopRoutes;
import io.penstock.agent.route.RouteTable;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkStats;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot made true: links, live rules, and a route table in every event loop. Keeps it while no manager answers.
 *
 * <p><em>Loop-confined</em>: the control loop.
 */
@LoopConfined
public final class AgentReconciler {

    private final ControlTerms terms;
    private final LinkSet links;
    private final LiveRules live = new LiveRules();
    private final Runnable changed;
    private @Nullable AgentSnapshot newest;
    /** The live rules that every event loop is known to divert by. */
    private Set<String> inForce = Set.of();
    /** Swaps of route tables that loops have not confirmed. */
    private int unconfirmed;

    private boolean leaving;

    /** @param changed told on the control loop when there is something new to report */
    AgentReconciler(ControlTerms terms, Runnable changed) {
        this.terms = terms;
        this.changed = changed;
        this.links = new LinkSet(terms, this::onLinkChange);
    }

    /** Makes the snapshot true, unless it is older than the one that is; returns whether it did. */
    boolean apply(AgentSnapshot snapshot) {
        terms.control().assertInLoop();
        if (leaving || (newest != null && !snapshot.version().replaces(newest.version()))) {
            return false;
        }
        boolean newRules = newest == null || !newest.rules().equals(snapshot.rules());
        newest = snapshot;
        countOnly(snapshot);
        links.reconcile(snapshot.links());
        publish();
        if (newRules) {
            changed.run();
        }
        return true;
    }

    /** Sends new connections to the original app and drains all links; no snapshot counts any more. */
    public void leave() {
        terms.control().assertInLoop();
        leaving = true;
        publish(RouteTable.EMPTY);
        links.leaveAll();
    }

    /** Whether all links are over. */
    public boolean isOver() {
        return links.isOver();
    }

    Optional<AgentSnapshot> newest() {
        return Optional.ofNullable(newest);
    }

    Optional<Version> version() {
        return newest().map(AgentSnapshot::version);
    }

    LinkSet links() {
        return links;
    }

    /** Whether new connections of the rule are diverted now: every loop knows it, and at least one has its link. */
    boolean diverts(RuleSpec spec) {
        return spec.wanted()
                && live.isLive(spec.id())
                && inForce.contains(spec.id())
                && !links.slots(spec.rule().sessionId(), true).isEmpty();
    }

    /** How far the newest snapshot's rules have come: all of those that this agent is to follow, on every event loop. */
    Progress progress() {
        AgentSnapshot snapshot = newest;
        if (snapshot == null) {
            return Progress.UNKNOWN;
        }
        boolean whole = snapshot.rules().stream()
                .filter(spec -> spec.wanted() || spec.guards())
                .allMatch(spec -> inForce.contains(spec.id()));
        return whole ? Progress.WHOLLY : Progress.PARTLY;
    }

    /** Asks every open link for its numbers; they are there a moment later. */
    void refreshStats() {
        for (AgentLink agentLink : links.all()) {
            Link link = agentLink.link();
            if (link != null) {
                link.loop().execute(() -> {
                    LinkStats stats = link.stats();
                    terms.control().execute(() -> agentLink.stats(stats));
                });
            }
        }
    }

    private void onLinkChange() {
        if (!leaving) {
            publish();
        }
        changed.run();
    }

    private void publish() {
        AgentSnapshot snapshot = newest;
        if (snapshot != null) {
            publish(live.update(snapshot.rules(), links));
        }
    }

    private void publish(RouteTable table) {
        for (LoopRoutes loop : terms.routes()) {
            unconfirmed++;
            loop.loop().execute(() -> {
                loop.swap(table);
                terms.control().execute(this::onSwapped);
            });
        }
    }

    private void onSwapped() {
        unconfirmed--;
        if (unconfirmed == 0 && !inForce.equals(live.ids())) {
            inForce = live.ids();
            changed.run();
        }
    }

    private void countOnly(AgentSnapshot snapshot) {
        Set<String> known = new HashSet<>();
        snapshot.rules().forEach(spec -> known.add(spec.id()));
        terms.tally().countOnly(known);
    }
}
