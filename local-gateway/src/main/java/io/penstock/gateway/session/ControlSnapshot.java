package io.penstock.gateway.session;

import java.time.Duration;
import java.util.List;

/**
 * The whole picture that the manager has of this gateway; never a delta.
 *
 * @param revision grows within its epoch
 * @param reportInterval how often the manager wants to hear of us
 *     <p><em>Immutable</em>.
 */
public record ControlSnapshot(
        String epoch,
        long revision,
        List<InterceptRule> intercepts,
        List<LinkAssignment> links,
        Duration reportInterval) {

    /** Before the first one, and after a session has gone. */
    public static final ControlSnapshot NONE = new ControlSnapshot("", 0, List.of(), List.of(), Duration.ofSeconds(5));

    public ControlSnapshot {
        intercepts = List.copyOf(intercepts);
        links = List.copyOf(links);
    }

    /** Whether this one is to be applied after {@code current}: a new epoch replaces everything. */
    boolean supersedes(ControlSnapshot current) {
        return !epoch.equals(current.epoch) || revision >= current.revision;
    }

    /** Whether new streams may still come for any intercept. */
    boolean hasWantedIntercepts() {
        return intercepts.stream().anyMatch(rule -> rule.state().isWanted());
    }
}
