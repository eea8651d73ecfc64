package io.penstock.manager.intercept;

import io.penstock.manager.keep.Kept;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intercepts and every change of their state, by the table of {@link InterceptLifecycle}. Ended ones stay readable
 * until more than the configured number have ended.
 *
 * <p><em>Loop-confined</em>.
 */
public final class InterceptRegistry {
    private static final Logger log = LoggerFactory.getLogger(InterceptRegistry.class);

    /**
     * How many intercepts are held.
     *
     * <p><em>Immutable</em>.
     *
     * @param running those that have not ended; more are refused
     * @param ended those kept for reading; the oldest is forgotten
     */
    public record Capacity(int running, int ended) {}

    private final Kept<InterceptId, Intercept> kept;
    private final Capacity capacity;
    private final Supplier<InterceptId> ids;
    private final Consumer<Intercept> onTransition;

    public InterceptRegistry(
            Kept<InterceptId, Intercept> kept,
            Capacity capacity,
            Supplier<InterceptId> ids,
            Consumer<Intercept> onTransition) {
        this.kept = kept;
        this.capacity = capacity;
        this.ids = ids;
        this.onTransition = onTransition;
    }

    /** The intercept that stands in the way of this one. */
    public Optional<RuleConflict> conflict(InterceptSpec wanted) {
        return RuleConflict.find(wanted, holders());
    }

    /** Adds a PENDING intercept; refuses a conflict and a full registry. */
    public Intercept create(InterceptSpec wanted, Moment moment) {
        conflict(wanted).ifPresent(conflict -> {
            throw conflict.refusal(moment.wall());
        });
        long running =
                kept.all().stream().filter(each -> !each.state().isOver()).count();
        if (running >= capacity.running()) {
            throw new Refusal(
                    RefusalCode.LIMIT_REACHED,
                    Refusal.sentence("intercepts", running, "fewer than " + capacity.running()));
        }
        InterceptId id = ids.get();
        var status = new Intercept.Status(
                InterceptState.PENDING,
                StateReason.WAITING_FOR_LINK,
                StateReason.WAITING_FOR_LINK.meaning(),
                moment,
                moment.revision());
        var intercept = new Intercept(id, wanted.named(nameFor(wanted, id)), status, moment.wall());
        kept.put(id, intercept);
        kept.afterwards(() -> announce("none", intercept));
        return intercept;
    }

    /** Applies a level or an event that brings its usual reason. */
    public Intercept apply(InterceptId id, InterceptEvent event, Moment moment) {
        return change(require(id), event, null, moment);
    }

    /** Makes an intercept drain for this reason; leaves one that drains or has ended as it is. */
    public Intercept leave(InterceptId id, StateReason why, Moment moment) {
        return change(require(id), InterceptEvent.LEAVE, why, moment);
    }

    public Optional<Intercept> find(InterceptId id) {
        return kept.find(id);
    }

    public Intercept require(InterceptId id) {
        return kept.find(id).orElseThrow(id::unknown);
    }

    /** All kept intercepts, oldest first. */
    public List<Intercept> all() {
        return List.copyOf(kept.all());
    }

    /** Those that have not ended, oldest first. */
    public List<Intercept> running() {
        return kept.all().stream().filter(each -> !each.state().isOver()).toList();
    }

    private Intercept change(Intercept before, InterceptEvent event, @Nullable StateReason why, Moment moment) {
        InterceptState state = InterceptLifecycle.next(before.state(), event);
        StateReason reason = why == null ? reasonFor(before, state, event) : why;
        if (state == before.state() && !before.state().holdsPorts()) {
            return before;
        }
        Intercept after = before.with(state, reason, reason.meaning(), moment);
        if (!after.equals(before)) {
            kept.put(after.id(), after);
            kept.afterwards(() -> announce(before.state().name(), after));
            forgetOldest();
        }
        return after;
    }

    /** A drained intercept ends for the reason that made it drain. */
    private static StateReason reasonFor(Intercept before, InterceptState state, InterceptEvent event) {
        return before.state() == InterceptState.DRAINING
                ? before.status().reason()
                : InterceptLifecycle.reason(state, event);
    }

    private List<Intercept> holders() {
        return kept.all().stream().filter(each -> each.state().holdsPorts()).toList();
    }

    private String nameFor(InterceptSpec wanted, InterceptId id) {
        if (!wanted.name().isEmpty()) {
            return wanted.name();
        }
        String plain = wanted.workload().name();
        boolean taken = holders().stream().anyMatch(each -> each.spec().name().equals(plain));
        return taken
                ? plain.substring(0, Math.min(plain.length(), 50)) + "-"
                        + id.value().substring(2, 8)
                : plain;
    }

    private void announce(String before, Intercept after) {
        log.info(
                "intercept {} {} -> {} cause={} name={} workload={} session={}",
                after.id(),
                before,
                after.state(),
                after.status().reason(),
                after.spec().name(),
                after.spec().workload(),
                after.spec().session());
        onTransition.accept(after);
    }

    private void forgetOldest() {
        List<Intercept> ended =
                kept.all().stream().filter(each -> each.state().isOver()).toList();
        for (int i = 0; i < ended.size() - capacity.ended(); i++) {
            kept.remove(ended.get(i).id());
        }
    }
}
