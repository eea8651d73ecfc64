package io.penstock.gateway.forward;

import io.penstock.gateway.session.GatewayReport.LinkCondition;
import io.penstock.gateway.session.GatewayReport.LinkFigure;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.session.Route;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.Loop;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that there are, kept equal to those that the newest snapshot lists: what is missing is dialled, what is no longer
 * listed is drained. A link that closed while it is listed stays as CLOSED, for the reports, until the manager replaces it: an id
 * is never dialled twice.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
public final class LinkKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LinkKeeper.class);

    private final Loop loop;
    private final LinkDialler dialler;
    private final Runnable onChange;
    private final Map<LinkId, HeldLink> listed = new LinkedHashMap<>();
    private final Map<LinkId, HeldLink> leaving = new LinkedHashMap<>();

    /**
     * A keeper without links.
     *
     * @param onChange called on the loop after any link moved
     */
    public LinkKeeper(Loop loop, LinkDialler dialler, Runnable onChange) {
        this.loop = loop;
        this.dialler = dialler;
        this.onChange = onChange;
    }

    /** Makes what is there equal to what is wanted. */
    public void keep(List<LinkAssignment> wanted) {
        loop.assertInLoop();
        Set<LinkId> ids = new HashSet<>();
        wanted.forEach(assignment -> ids.add(assignment.id()));
        listed.values().stream()
                .filter(link -> !ids.contains(link.id()))
                .toList()
                .forEach(this::letGo);
        for (LinkAssignment assignment : wanted) {
            HeldLink known = listed.get(assignment.id());
            if (known != null) {
                known.renew(assignment);
            }
        }
        wanted.stream()
                .filter(assignment -> !listed.containsKey(assignment.id()) && !leaving.containsKey(assignment.id()))
                .forEach(this::dial);
    }

    /** Ends every link at once. */
    public void closeAll() {
        loop.assertInLoop();
        listed.values().forEach(HeldLink::close);
        leaving.values().forEach(HeldLink::close);
    }

    /** What the manager hears: the links that it listed. */
    public List<LinkFigure> figures() {
        loop.assertInLoop();
        return listed.values().stream().map(HeldLink::figure).toList();
    }

    /** Links that are not closed, those that still drain included. */
    public int alive() {
        loop.assertInLoop();
        return leaving.size()
                + count(LinkCondition.CONNECTING, LinkCondition.OPEN, LinkCondition.RESUMING, LinkCondition.DRAINING);
    }

    public LinkTotals totals() {
        loop.assertInLoop();
        double saturation = 0;
        long roundTrip = 0;
        for (HeldLink link : listed.values()) {
            saturation = Math.max(saturation, link.stats().saturation());
            roundTrip = Math.max(roundTrip, link.stats().roundTripNanos());
        }
        return new LinkTotals(
                listed.size(),
                count(LinkCondition.OPEN),
                leaving.size(),
                relayed(),
                saturation,
                roundTrip,
                dialler.carrier());
    }

    private int relayed() {
        return (int) listed.values().stream()
                .filter(link -> link.assignment().route() == Route.RELAY)
                .count();
    }

    /**
     * All links together.
     *
     * @param listed by the newest snapshot
     * @param open of those
     * @param draining no longer listed, not yet closed
     * @param relayed those of the listed that the manager leads through its relay
     * @param saturation of the most saturated
     * @param roundTripNanos of the slowest
     * @param carrier what the newest carrier runs on: "tcp", "tls" or "grpc"; "" before the first
     *     <p><em>Immutable</em>.
     */
    public record LinkTotals(
            int listed, int open, int draining, int relayed, double saturation, long roundTripNanos, String carrier) {}

    private int count(LinkCondition... conditions) {
        Set<LinkCondition> counted = Set.of(conditions);
        return (int) listed.values().stream()
                .filter(link -> counted.contains(link.condition()))
                .count();
    }

    private void dial(LinkAssignment assignment) {
        HeldLink link = new HeldLink(assignment);
        listed.put(link.id(), link);
        LOG.info("{} CONNECTING to {} by {} route", link, assignment.door(), assignment.route());
        link.holds(dialler.dial(assignment, new Hop(link)));
    }

    private void letGo(HeldLink link) {
        listed.remove(link.id());
        if (link.condition() != LinkCondition.CLOSED) {
            leaving.put(link.id(), link);
            link.drain();
        }
    }

    private void move(HeldLink link, LinkCondition next, String code, String detail) {
        LinkCondition before = link.condition();
        if (link.moveTo(next, code, detail)) {
            LOG.info("{} {} -> {}{}", link, before, next, cause(code, detail));
            if (next == LinkCondition.CLOSED) {
                leaving.remove(link.id());
            }
            onChange.run();
        }
    }

    private static String cause(String code, String detail) {
        return code.isEmpty() ? "" : " cause=" + code + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    /** Brings a link's words to the control loop. Thread-safe. */
    private final class Hop implements LinkDialler.Watcher {
        private final HeldLink link;

        Hop(HeldLink link) {
            this.link = link;
        }

        @Override
        public void onOpen() {
            loop.execute(() -> move(link, LinkCondition.OPEN, "", ""));
        }

        @Override
        public void onResuming(String why) {
            loop.execute(() -> move(link, LinkCondition.RESUMING, "", why));
        }

        @Override
        public void onDraining() {
            loop.execute(() -> move(link, LinkCondition.DRAINING, "", ""));
        }

        @Override
        public void onClosed(String code, String detail) {
            loop.execute(() -> move(link, LinkCondition.CLOSED, code, detail));
        }
    }
}
