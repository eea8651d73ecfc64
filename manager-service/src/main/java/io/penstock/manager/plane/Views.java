package io.penstock.manager.plane;

import io.penstock.manager.agent.Agent;
import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.pairing.LinkAssignment;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.report.LinkFigure;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.SessionId;
import io.penstock.tunnel.link.LinkId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The pictures that are drawn from the facts.
 *
 * <p><em>Loop-confined</em>.
 */
final class Views {
    private static final LinkFigure UNHEARD = new LinkFigure(LinkCondition.CONNECTING, "", 0, 0, 0);

    private final PlaneState state;

    Views(PlaneState state) {
        this.state = state;
    }

    /**
     * What an agent is to know: the rules of its workload and its links.
     *
     * @param ending those rules whose streams this manager no longer carries
     */
    Picture pictureFor(Agent agent, Predicate<Intercept> ending) {
        List<Picture.Rule> rules = state.intercepts().running().stream()
                .filter(each -> each.spec().workload().equals(agent.profile().workload()))
                .map(each ->
                        new Picture.Rule(each, ending.test(each) ? each.stateWithoutManager() : each.stateForAgents()))
                .toList();
        return new Picture(rules, state.links().assignments(ends -> ends.agent().equals(agent.id())));
    }

    /** What a gateway is to know: its session's rules and links. */
    Picture pictureFor(SessionId session) {
        List<Picture.Rule> rules = state.intercepts().running().stream()
                .filter(each -> each.spec().session().equals(session))
                .map(each -> new Picture.Rule(each, each.state()))
                .toList();
        return new Picture(
                rules, state.links().assignments(ends -> ends.session().equals(session)));
    }

    InterceptView of(Intercept intercept) {
        boolean over = intercept.state() == InterceptState.ENDED;
        return new InterceptView(intercept, state.ledger().total(intercept.id()), over ? 0 : saturation(intercept));
    }

    AgentView of(Agent agent) {
        List<AgentView.Link> links = state
                .links()
                .assignments(ends -> ends.agent().equals(agent.id()))
                .stream()
                .map(link -> new AgentView.Link(link, agent.report().links().getOrDefault(link.id(), UNHEARD)))
                .toList();
        return new AgentView(agent, links);
    }

    /** Each end knows only the credit it holds itself, so the more saturated end counts. */
    private double saturation(Intercept intercept) {
        SessionId session = intercept.spec().session();
        Map<LinkId, LinkFigure> gateway =
                state.gatewayReports().getOrDefault(session, Report.NOTHING).links();
        double most = 0;
        for (Agent agent : state.agents().ofWorkload(intercept.spec().workload())) {
            most = Math.max(
                    most,
                    linksOf(agent, session)
                            .flatMap(link -> Stream.of(agent.report().links(), gateway)
                                    .map(figures -> figures.getOrDefault(link.id(), UNHEARD)))
                            .mapToDouble(LinkFigure::saturation)
                            .max()
                            .orElse(0));
        }
        return most;
    }

    private Stream<LinkAssignment> linksOf(Agent agent, SessionId session) {
        return state
                .links()
                .assignments(ends ->
                        ends.agent().equals(agent.id()) && ends.session().equals(session))
                .stream();
    }
}
