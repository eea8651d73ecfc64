package io.penstock.gateway.forward;

import io.penstock.gateway.session.GatewayReport.LinkCondition;
import io.penstock.gateway.session.GatewayReport.LinkFigure;
import io.penstock.gateway.session.GatewayReport.Liveness;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkStats;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One link as the control loop knows it.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
final class HeldLink {

    private LinkAssignment assignment;
    private LinkCondition condition = LinkCondition.CONNECTING;
    private String code = "";
    private String detail = "";
    private LinkDialler.@Nullable DialledLink link;

    HeldLink(LinkAssignment assignment) {
        this.assignment = assignment;
    }

    void holds(LinkDialler.DialledLink dialled) {
        link = dialled;
    }

    LinkId id() {
        return assignment.id();
    }

    LinkAssignment assignment() {
        return assignment;
    }

    LinkCondition condition() {
        return condition;
    }

    /** Moves on; one that drains goes on draining, on whichever carrier, and one that is closed stays so, for its first reason. Returns whether anything changed. */
    boolean moveTo(LinkCondition next, String why, String sentence) {
        boolean drains = condition == LinkCondition.DRAINING && next != LinkCondition.CLOSED;
        if (drains || condition == LinkCondition.CLOSED || condition == next) {
            return false;
        }
        condition = next;
        code = why;
        detail = sentence;
        return true;
    }

    /** A newer snapshot lists the link again, perhaps with another token. */
    void renew(LinkAssignment newer) {
        assignment = newer;
        if (link != null) {
            link.renew(newer.door());
        }
    }

    void drain() {
        if (link != null) {
            link.drain();
        }
    }

    void close() {
        if (link != null) {
            link.close();
        }
    }

    LinkStats stats() {
        return link == null || condition == LinkCondition.CLOSED ? LinkStats.NONE : link.stats();
    }

    LinkFigure figure() {
        LinkStats stats = stats();
        long roundTrip = TimeUnit.NANOSECONDS.toMicros(stats.roundTripNanos());
        return new LinkFigure(
                id(), condition, code, detail, stats.saturation(), new Liveness(roundTrip, stats.silentMillis()));
    }

    @Override
    public String toString() {
        return "link " + id() + " of agent " + assignment.agentId() + " slot " + assignment.slot();
    }
}
