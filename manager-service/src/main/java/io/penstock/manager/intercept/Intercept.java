package io.penstock.manager.intercept;

import java.time.Duration;
import java.time.Instant;

/**
 * One intercept as it was at one moment.
 *
 * <p><em>Immutable</em>.
 */
public record Intercept(InterceptId id, InterceptSpec spec, Status status, Instant createdAt) {

    /**
     * State, reason and since when.
     *
     * @param changed when state or reason last changed
     * @param permitRevision the snapshot revision with which agents were last told to divert, to hold back or to drain:
     *     what an agent says about an older revision is out of date
     */
    public record Status(InterceptState state, StateReason reason, String detail, Moment changed, long permitRevision) {

        /** What agents are to do: divert when they can, hold back, or drain. */
        Permit permit() {
            return switch (state) {
                case PENDING, ACTIVE -> Permit.DIVERT;
                case SUSPENDED -> reason == StateReason.GATEWAY_LOST ? Permit.HOLD_BACK : Permit.DIVERT;
                case DRAINING -> Permit.DRAIN;
                case ENDED -> Permit.NOTHING;
            };
        }
    }

    /** What a state and reason mean to an agent. */
    enum Permit {
        DIVERT,
        HOLD_BACK,
        DRAIN,
        NOTHING
    }

    public InterceptState state() {
        return status.state();
    }

    /**
     * The state that agents are told. A SUSPENDED intercept whose gateway is there reads PENDING, because an agent that is
     * told SUSPENDED diverts nothing and so could never say that it is live again.
     */
    public InterceptState stateForAgents() {
        return state() == InterceptState.SUSPENDED && status.permit() == Permit.DIVERT
                ? InterceptState.PENDING
                : state();
    }

    /** The state that agents are told by a manager that stops: what runs goes on, and what comes goes to the original app unless onGatewayLoss keeps it from there. */
    public InterceptState stateWithoutManager() {
        return isToDivert() ? InterceptState.SUSPENDED : state();
    }

    /** What of it outlives the manager: steady times and revisions are of one life only. */
    public Intercept lasting() {
        return on(Instant.EPOCH);
    }

    /**
     * The same in a new life of the manager, whose steady time begins at the epoch: in it each snapshot, from the first on,
     * carries what agents are to do, and what went by before counts for the drain grace.
     *
     * @param wall now
     */
    public Intercept restored(Instant wall) {
        Duration age = Duration.between(status.changed().wall(), wall);
        return on(Instant.EPOCH.minus(age.isNegative() ? Duration.ZERO : age));
    }

    private Intercept on(Instant steady) {
        var changed = new Moment(status.changed().wall(), steady, 0);
        return new Intercept(
                id, spec, new Status(status.state(), status.reason(), status.detail(), changed, 0), createdAt);
    }

    /** Whether agents were told to divert: one that was not cannot be live, whatever an old report says. */
    public boolean isToDivert() {
        return status.permit() == Permit.DIVERT;
    }

    Intercept with(InterceptState state, StateReason reason, String detail, Moment moment) {
        if (state == state() && reason == status.reason()) {
            return this;
        }
        var next = new Status(state, reason, detail, moment, moment.revision());
        boolean samePermit = next.permit() == status.permit();
        long permitRevision = samePermit ? status.permitRevision() : moment.revision();
        return new Intercept(id, spec, new Status(state, reason, detail, moment, permitRevision), createdAt);
    }
}
