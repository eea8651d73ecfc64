package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;

/**
 * Two intercepts that want the same port of the same workload, or the same name.
 *
 * <p><em>Immutable</em>.
 *
 * @param holder who has it
 * @param subject what both want, for people
 */
public record RuleConflict(Intercept holder, String subject) {

    static Optional<RuleConflict> find(InterceptSpec wanted, Collection<Intercept> held) {
        for (Intercept holder : held) {
            int port = wanted.sharedPort(holder.spec());
            if (port != 0) {
                return Optional.of(new RuleConflict(holder, wanted.workload() + " port " + port));
            }
            if (wanted.name().equals(holder.spec().name())) {
                return Optional.of(new RuleConflict(holder, "intercept name \"" + wanted.name() + "\""));
            }
        }
        return Optional.empty();
    }

    /** Names the holder, since when, and how to take over. */
    public Refusal refusal(Instant now) {
        InterceptSpec spec = holder.spec();
        String owner = spec.attribution().owner();
        String detail = "%s: held by intercept \"%s\" (%s) of %s since %s, for %s (expected: free; to take over, end it"
                + " with `penstock leave %s` or DELETE /api/v1/intercepts/%s, and try again)";
        return new Refusal(
                RefusalCode.CONFLICT,
                detail.formatted(
                        subject,
                        spec.name(),
                        holder.id(),
                        owner.isEmpty() ? "somebody unnamed" : owner,
                        holder.createdAt().truncatedTo(ChronoUnit.SECONDS),
                        spoken(Duration.between(holder.createdAt(), now)),
                        spec.name(),
                        holder.id()));
    }

    private static String spoken(Duration age) {
        if (age.toMinutes() < 1) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        return age.toHours() < 1 ? age.toMinutes() + " min" : age.toHours() + " h " + age.toMinutesPart() + " min";
    }
}
