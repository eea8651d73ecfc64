package io.penstock.agent.control;

import java.time.Duration;
import java.util.List;

/**
 * The manager's whole picture for this agent.
 *
 * @param version what tells older from newer
 * @param reportInterval how often to report
 *     <p><em>Immutable</em>.
 */
record AgentSnapshot(Version version, List<RuleSpec> rules, List<LinkSpec> links, Duration reportInterval) {

    /**
     * The order of snapshots.
     *
     * @param epoch changes whenever the manager may have forgotten
     * @param revision grows within an epoch
     *     <p><em>Immutable</em>.
     */
    record Version(String epoch, long revision) {

        /** Whether a snapshot of this version takes the place of one of the other: any of a new epoch, or no older revision. */
        boolean replaces(Version other) {
            return !epoch.equals(other.epoch) || revision >= other.revision;
        }
    }

    AgentSnapshot {
        rules = List.copyOf(rules);
        links = List.copyOf(links);
    }
}
