package io.penstock.manager.plane;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.agent.AgentId;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptEvent;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.intercept.Moment;
import io.penstock.manager.keep.Keeper;
import io.penstock.manager.pairing.LinkAssignment.Ends;
import io.penstock.manager.pairing.LinkAssignment.Way;
import io.penstock.manager.pairing.WantedLinks;
import io.penstock.manager.plane.Subscriber.Ending;
import io.penstock.manager.session.Route;
import io.penstock.manager.session.Session;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the facts, worked out anew after each change: leases, states, links, snapshots.
 *
 * <p><em>Loop-confined</em>.
 */
final class Settlement {
    private final PlaneState state;
    private final PlaneTime time;
    private final Duration drainGrace;
    private final String epoch;
    private final Unheard unheard;
    private final Keeper keeper;
    private final Views views;
    private final Audience<AgentId> agents = new Audience<>();
    private final Audience<SessionId> gateways = new Audience<>();
    private long revision;
    private @Nullable Stop stop;

    /**
     * The manager's own end.
     *
     * @param since the first revision that tells agents
     */
    private record Stop(long since, Runnable whenQuiet) {}

    Settlement(PlaneState state, PlaneTime time, Duration drainGrace, String epoch, Unheard unheard, Keeper keeper) {
        this.state = state;
        this.time = time;
        this.drainGrace = drainGrace;
        this.epoch = epoch;
        this.unheard = unheard;
        this.keeper = keeper;
        this.views = new Views(state);
    }

    Audience<AgentId> agents() {
        return agents;
    }

    Audience<SessionId> gateways() {
        return gateways;
    }

    /** Now, with the revision that the next settling publishes. */
    Moment moment() {
        return new Moment(time.wall(), time.steady(), revision + 1);
    }

    /**
     * Makes everything follow from the facts. Levels come before expiry, so that a session that lapses and expires in one
     * settling has been lost in between; links come after states, because an ended intercept wants none. What peers are told
     * was written before, if it could be in time: a manager that is killed in between still lists their links when it is back.
     */
    void settle() {
        Moment moment = moment();
        if (stop == null) {
            lapse(moment);
            state.intercepts().running().forEach(each -> level(each, moment));
        }
        state.intercepts().running().forEach(each -> drain(each, moment));
        state.sessions().expired(moment.steady()).forEach(session -> expire(session, moment));
        removeDeparted();
        state.links().reconcile(wantedLinks(), moment.wall(), moment.steady());
        state.ledger()
                .retain(state.intercepts().all().stream().map(Intercept::id).collect(Collectors.toSet()));
        keeper.keep();
        revision = moment.revision();
        publish();
        if (stop != null && isQuiet(stop.since())) {
            stop.whenQuiet().run();
        }
    }

    /**
     * Sends new connections where they go without a gateway, and lets what runs go on, where it goes through this manager: direct links
     * stay as they are. So do states: the next manager takes them up again.
     *
     * @param whenQuiet told, perhaps more than once, that no agent has a stream open any more that goes through this manager
     */
    void stop(Runnable whenQuiet) {
        stop = new Stop(revision + 1, whenQuiet);
        settle();
    }

    /** Who has a call can tell; who had one in the manager's former life has not come back yet, and cannot have been told. */
    private boolean isQuiet(long since) {
        return state.agents().all().stream()
                .filter(agent -> agents.ids().contains(agent.id()) || unheard.holds(agent, time.steady()))
                .allMatch(agent -> state.intercepts().running().stream()
                        .filter(each ->
                                each.spec().workload().equals(agent.profile().workload()))
                        .filter(each -> isRelayed(agent, each))
                        .allMatch(each -> isQuiet(agent, each, since)));
    }

    private boolean isQuiet(Agent agent, Intercept intercept, long since) {
        boolean told = !intercept.isToDivert() || agent.report().hasApplied(epoch, since);
        return told && agent.report().streamsOpen(intercept.id()) == 0;
    }

    private boolean isRelayed(Agent agent, Intercept intercept) {
        Session session = state.sessions().require(intercept.spec().session());
        return way(agent, session).route() == Route.RELAY;
    }

    private void lapse(Moment moment) {
        state.sessions().lapse(moment.wall(), moment.steady());
        for (Agent agent : state.agents().lapse(moment.steady())) {
            state.ledger().depart(agent.id().value());
            agents.end(agent.id(), Ending.LEASE_OVER);
        }
    }

    private void level(Intercept intercept, Moment moment) {
        state.intercepts().apply(intercept.id(), levelOf(intercept), moment);
    }

    private InterceptEvent levelOf(Intercept intercept) {
        Session session = state.sessions().require(intercept.spec().session());
        if (!session.state().isReachable()) {
            return InterceptEvent.GATEWAY_LOST;
        }
        List<Agent> fronting = state.agents().ofWorkload(intercept.spec().workload());
        if (fronting.isEmpty()) {
            return InterceptEvent.NO_AGENT;
        }
        boolean live = intercept.isToDivert() && fronting.stream().anyMatch(agent -> diverts(agent, intercept));
        return live ? InterceptEvent.LIVE : InterceptEvent.UNLINKED;
    }

    /** One that diverted in the manager's former life does so until it is heard, because nobody has told it otherwise. */
    private boolean diverts(Agent agent, Intercept intercept) {
        return unheard.holds(agent, time.steady())
                ? intercept.state() == InterceptState.ACTIVE
                : isCurrent(agent, intercept) && agent.report().isLive(intercept.id());
    }

    /** Whether the agent knew what it is to do now when it reported. */
    private boolean isCurrent(Agent agent, Intercept intercept) {
        return agent.report().hasApplied(epoch, intercept.status().permitRevision());
    }

    private void drain(Intercept intercept, Moment moment) {
        if (intercept.state() != InterceptState.DRAINING) {
            return;
        }
        boolean graceOver =
                !moment.steady().isBefore(intercept.status().changed().steady().plus(drainGrace));
        boolean empty = state.agents().ofWorkload(intercept.spec().workload()).stream()
                .allMatch(agent -> isCurrent(agent, intercept) && agent.report().streamsOpen(intercept.id()) == 0);
        if (graceOver || empty) {
            state.intercepts().apply(intercept.id(), InterceptEvent.DRAINED, moment);
        }
    }

    private void expire(Session session, Moment moment) {
        interceptsOf(session).forEach(each -> state.intercepts().apply(each.id(), InterceptEvent.EXPIRED, moment));
        remove(session, "lease over", Ending.LEASE_OVER);
    }

    private void removeDeparted() {
        state.sessions().all().stream()
                .filter(session -> session.state() == SessionState.DEPARTING)
                .filter(session -> interceptsOf(session).isEmpty())
                .forEach(session -> remove(session, "departed", Ending.DEPARTED));
    }

    private void remove(Session session, String cause, Ending ending) {
        state.sessions().remove(session.id(), cause);
        state.gatewayReports().remove(session.id());
        gateways.end(session.id(), ending);
    }

    private List<Intercept> interceptsOf(Session session) {
        return state.intercepts().running().stream()
                .filter(each -> each.spec().session().equals(session.id()))
                .toList();
    }

    private List<WantedLinks> wantedLinks() {
        Map<Ends, WantedLinks> wanted = new LinkedHashMap<>();
        for (Intercept intercept : state.intercepts().running()) {
            Session session = state.sessions().require(intercept.spec().session());
            if (session.isLinkable()) {
                for (Agent agent : state.agents().ofWorkload(intercept.spec().workload())) {
                    var ends = new Ends(agent.id(), session.id());
                    wanted.put(ends, new WantedLinks(ends, agent.profile().links(), way(agent, session)));
                }
            }
        }
        return List.copyOf(wanted.values());
    }

    private static Way way(Agent agent, Session session) {
        String address = agent.profile().linkAddress();
        return session.route() == Route.DIRECT && !address.isEmpty()
                ? new Way(Route.DIRECT, address, agent.profile().linkTls())
                : Way.RELAY;
    }

    private void publish() {
        for (AgentId id : agents.ids()) {
            state.agents().find(id).ifPresent(agent -> agents.offer(id, snapshot(picture(agent))));
        }
        for (SessionId id : gateways.ids()) {
            gateways.offer(id, snapshot(views.pictureFor(id)));
        }
    }

    private Picture picture(Agent agent) {
        return views.pictureFor(agent, each -> stop != null && isRelayed(agent, each));
    }

    private Snapshot snapshot(Picture picture) {
        return new Snapshot(epoch, revision, picture);
    }
}
