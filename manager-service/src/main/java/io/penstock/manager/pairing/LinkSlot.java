package io.penstock.manager.pairing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place for a link between an agent and a session: the link that has it now, or when it may be given again.
 *
 * <p><em>Loop-confined</em>.
 */
final class LinkSlot {
    private final int index;
    private final ReplacementPolicy policy;
    private @Nullable LinkAssignment current;
    private @Nullable Instant openedAt;
    private Instant notBefore = Instant.MIN;
    private Duration nextWait;

    LinkSlot(int index, ReplacementPolicy policy) {
        this.index = index;
        this.policy = policy;
        this.nextWait = policy.first();
    }

    int index() {
        return index;
    }

    Optional<LinkAssignment> current() {
        return Optional.ofNullable(current);
    }

    boolean isDue(Instant now) {
        return current == null && !now.isBefore(notBefore);
    }

    void assign(LinkAssignment assignment) {
        current = assignment;
        openedAt = null;
    }

    /** The same link, with a token that is good for longer. */
    void renew(LinkAssignment renewed) {
        current = renewed;
    }

    /** The ends may report OPEN many times; the first counts. */
    void opened(Instant now) {
        if (openedAt == null) {
            openedAt = now;
        }
    }

    void closed(Instant now) {
        if (openedAt != null && !now.isBefore(openedAt.plus(policy.settled()))) {
            nextWait = policy.first();
        }
        current = null;
        notBefore = now.plus(nextWait);
        nextWait = policy.after(nextWait);
    }
}
