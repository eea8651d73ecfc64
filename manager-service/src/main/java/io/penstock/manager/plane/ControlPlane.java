package io.penstock.manager.plane;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptSpec;
import io.penstock.manager.intercept.PortRule;
import io.penstock.manager.intercept.RuleConflict;
import io.penstock.manager.intercept.StateReason;
import io.penstock.manager.keep.Keeper;
import io.penstock.manager.plane.Subscriber.Ending;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import io.penstock.manager.session.Session;
import io.penstock.manager.session.Session.Identity;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.workload.WorkloadRef;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What people and their tools ask for: sessions, intercepts, and looking at all of it. What is asked for is stored before it is
 * answered; what follows from it is settled then.
 *
 * <p><em>Loop-confined</em>.
 */
public final class ControlPlane {
    private static final int MAX_NAMED = 5;

    private final PlaneState state;
    private final PlaneTime time;
    private final Settlement settlement;
    private final Keeper keeper;
    private final PlaneEvents events;
    private final Views views;

    ControlPlane(PlaneState state, PlaneTime time, Settlement settlement, Keeper keeper, PlaneEvents events) {
        this.state = state;
        this.time = time;
        this.settlement = settlement;
        this.keeper = keeper;
        this.events = events;
        this.views = new Views(state);
    }

    /** Lets time pass: expiries, and replacements that are due. */
    public void tick() {
        time.tick();
        settlement.settle();
    }

    /** Shows the whole to the meters. */
    public void observe() {
        events.onView(view());
    }

    /**
     * Lets what runs come to its end and sends what comes elsewhere, before {@link #stop}.
     *
     * @param whenQuiet told on the control loop, perhaps more than once, that nothing runs any more
     */
    public void drain(Runnable whenQuiet) {
        settlement.stop(whenQuiet);
    }

    /** Ends every call; agents and gateways go on with their last snapshot. */
    public void stop() {
        settlement.agents().endAll(Ending.STOPPING);
        settlement.gateways().endAll(Ending.STOPPING);
    }

    public Session arrive(Identity identity) {
        return keeper.durably(() -> state.sessions().arrive(identity, time.wall(), time.steady()));
    }

    /** Makes the session's intercepts drain; the session goes when the last of them has ended. */
    public void depart(SessionId id) {
        keeper.durably(() -> {
            state.sessions().depart(id);
            state.intercepts().running().stream()
                    .filter(each -> each.spec().session().equals(id))
                    .map(Intercept::id)
                    .forEach(each -> state.intercepts().leave(each, StateReason.SESSION_DEPARTED, settlement.moment()));
            return id;
        });
        settlement.settle();
    }

    public Session session(SessionId id) {
        return state.sessions().require(id);
    }

    /** All sessions, oldest first. */
    public List<Session> sessions() {
        return state.sessions().all();
    }

    /** Makes an intercept, or refuses it with a sentence that says what stands in the way. */
    public InterceptView create(InterceptSpec wanted) {
        Session session = state.sessions().require(wanted.session());
        if (!session.state().canIntercept()) {
            throw new Refusal(
                    RefusalCode.CONFLICT,
                    Refusal.sentence("session", session.id() + " is departing", "a session that stays"));
        }
        checkWorkload(wanted);
        Intercept made = keeper.durably(() -> {
            state.intercepts().conflict(wanted).ifPresent(conflict -> replaceOwnStale(conflict, wanted));
            return state.intercepts().create(wanted, settlement.moment());
        });
        settlement.settle();
        return intercept(made.id());
    }

    /** Makes an intercept drain; one that drains already or has ended is returned as it is. */
    public InterceptView leave(InterceptId id) {
        keeper.durably(() -> state.intercepts().leave(id, StateReason.LEFT, settlement.moment()));
        settlement.settle();
        return intercept(id);
    }

    public InterceptView intercept(InterceptId id) {
        return views.of(state.intercepts().require(id));
    }

    /** All kept intercepts, oldest first. */
    public List<InterceptView> intercepts() {
        return state.intercepts().all().stream().map(views::of).toList();
    }

    public AgentView agent(AgentId id) {
        return state.agents().find(id).map(views::of).orElseThrow(id::unknown);
    }

    /** All agents, longest known first. */
    public List<AgentView> agents() {
        return state.agents().all().stream().map(views::of).toList();
    }

    PlaneView view() {
        return new PlaneView(
                sessions(),
                intercepts().stream()
                        .filter(each -> !each.intercept().state().isOver())
                        .toList(),
                settlement.agents().size(),
                settlement.gateways().size(),
                state.links().size(),
                state.links().replaced());
    }

    private void checkWorkload(InterceptSpec wanted) {
        List<Agent> fronting = state.agents().ofWorkload(wanted.workload());
        if (fronting.isEmpty()) {
            throw new Refusal(
                    RefusalCode.UNKNOWN_WORKLOAD,
                    Refusal.sentence("workload", wanted.workload(), "a workload with an agent: " + knownWorkloads()));
        }
        for (PortRule port : wanted.ports()) {
            if (fronting.stream().noneMatch(agent -> agent.profile().captures(port.capture()))) {
                throw Refusal.invalid(
                        "ports.capture", port.capture(), "a port that an agent captures: " + ports(fronting));
            }
        }
    }

    private String knownWorkloads() {
        List<String> known = state.agents().all().stream()
                .map(agent -> agent.profile().workload())
                .map(WorkloadRef::toString)
                .distinct()
                .sorted()
                .toList();
        String some = known.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return known.isEmpty() ? "none is attached" : known.size() > MAX_NAMED ? some + ", ..." : some;
    }

    private static String ports(List<Agent> fronting) {
        return fronting.stream()
                .flatMap(agent -> agent.profile().captures().stream())
                .map(capture -> String.valueOf(capture.port()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Nobody is blocked by what he left behind with a gateway that is gone. */
    private void replaceOwnStale(RuleConflict conflict, InterceptSpec wanted) {
        Intercept holder = conflict.holder();
        Session holding = state.sessions().require(holder.spec().session());
        boolean sameOwner =
                holder.spec().attribution().owner().equals(wanted.attribution().owner());
        if (sameOwner && holding.isGone()) {
            state.intercepts().leave(holder.id(), StateReason.REPLACED, settlement.moment());
        }
    }
}
