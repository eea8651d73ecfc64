package io.penstock.agent.control;

import io.netty.util.concurrent.Future;
import io.penstock.agent.route.LoopRoutes;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkStats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One link that a snapshot asked for, as this agent sees it:
 *
 * <pre>
 *              far end came    carrier lost  either end drains    no longer listed        the link is over, or never began
 * CONNECTING   OPEN            -             -                    CLOSED, dial cancelled  CLOSED
 * OPEN         -               RESUMING      DRAINING             DRAINING, we drain      CLOSED
 * RESUMING     OPEN            -             DRAINING             DRAINING, we drain      CLOSED
 * DRAINING     -               -             -                    -                       CLOSED
 * </pre>
 *
 * A CLOSED one stays listed until the manager has replaced it: reporting it asks for that.
 *
 * <p><em>Loop-confined</em>: the control loop.
 */
@LoopConfined
final class AgentLink {

    private static final Logger log = LoggerFactory.getLogger(AgentLink.class);

    /** As the report says it. <em>Immutable</em>. */
    enum State {
        CONNECTING,
        OPEN,
        RESUMING,
        DRAINING,
        CLOSED
    }

    private final LoopRoutes routes;
    private LinkSpec spec;
    private State state = State.CONNECTING;
    private String code = "";
    private String detail = "";
    private @Nullable Link link;
    private @Nullable Future<Link> dialling;
    private @Nullable RelayDoor door;
    private LinkStats stats = LinkStats.NONE;

    AgentLink(LinkSpec spec, LoopRoutes routes) {
        this.spec = spec;
        this.routes = routes;
    }

    LinkSpec spec() {
        return spec;
    }

    /** A newer snapshot lists the link again, perhaps with another token. */
    void renew(LinkSpec newer) {
        spec = newer;
        if (door != null && newer.meeting() instanceof LinkSpec.AtRelay relay) {
            door.renew(relay);
        }
    }

    /** Where its carriers are dialled. */
    void door(RelayDoor dialledAt) {
        door = dialledAt;
    }

    /** Whether it is open, or only without a carrier for the moment. */
    boolean isHeld() {
        return state == State.OPEN || state == State.RESUMING;
    }

    State state() {
        return state;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }

    LinkStats stats() {
        return stats;
    }

    void stats(LinkStats next) {
        stats = next;
    }

    @Nullable
    Link link() {
        return link;
    }

    void dialling(Future<Link> dial) {
        dialling = dial;
        if (state == State.CLOSED) {
            dial.cancel(false);
        }
    }

    /** The far end came. */
    void opened(Link opened) {
        if (state != State.CONNECTING) {
            // It came after it was given up or taken from the list.
            opened.loop().execute(() -> opened.drain(ResetCode.GOING_AWAY));
            return;
        }
        link = opened;
        move(State.OPEN, "", opened.describeCarrier());
        routes.loop().execute(() -> routes.linkUp(spec.sessionId(), opened));
    }

    /** It has lost its carrier; a link that drains has nothing to add to that. */
    void resuming(String why) {
        if (state == State.OPEN) {
            move(State.RESUMING, "", why);
        }
    }

    /** It goes on, on another carrier. */
    void resumed() {
        Link back = link;
        if (state == State.RESUMING && back != null) {
            move(State.OPEN, "", back.describeCarrier());
            routes.loop().execute(() -> routes.linkBack(spec.sessionId(), back));
        }
    }

    void draining() {
        if (state == State.OPEN || state == State.RESUMING) {
            move(State.DRAINING, "", "");
        }
    }

    /** The link is over or never began, for a reason that the report gives. */
    void closed(String why, String sentence) {
        if (state == State.CLOSED) {
            return;
        }
        move(State.CLOSED, why, sentence);
        Link gone = link;
        link = null;
        if (gone != null) {
            routes.loop().execute(() -> routes.linkDown(spec.sessionId(), gone));
        }
    }

    /** The newest snapshot no longer lists it, or the process stops. */
    void leave() {
        Link open = link;
        if (open != null) {
            draining();
            open.loop().execute(open::leave);
        } else if (state == State.CONNECTING) {
            closed(ResetCode.CANCELLED.name(), "no longer wanted");
            if (dialling != null) {
                dialling.cancel(false);
            }
        }
    }

    private void move(State next, String why, String sentence) {
        log.info(
                "link {} slot {} session {}: {} -> {} {} {}",
                spec.id(),
                spec.slot(),
                spec.sessionId(),
                state,
                next,
                why,
                sentence);
        state = next;
        code = why;
        detail = sentence;
    }
}
