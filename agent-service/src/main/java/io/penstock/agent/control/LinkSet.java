package io.penstock.agent.control;

import io.netty.util.concurrent.Future;
import io.penstock.agent.route.LoopRoutes;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkTender;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.Loop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Exactly the links that the newest snapshot lists: what is missing is dialled or expected, what is no longer listed is drained.
 * Reconciled from scratch each time.
 *
 * <p><em>Loop-confined</em>: the control loop. Links live on the loops of their slots and hop here with what happens to them.
 */
@LoopConfined
final class LinkSet {

    /** How long a gateway may take to come to the link port; as long as a dial through the relay. */
    private static final long EXPECT_NANOS = TimeUnit.SECONDS.toNanos(14);

    private final Loop control;
    private final ControlTerms terms;
    private final Runnable changed;
    private final Map<LinkId, AgentLink> links = new LinkedHashMap<>();
    /** Those that are no longer listed and not yet over. */
    private final Map<LinkId, AgentLink> leaving = new HashMap<>();

    /** @param changed told on the control loop after each change of a link */
    LinkSet(ControlTerms terms, Runnable changed) {
        this.control = terms.control();
        this.terms = terms;
        this.changed = changed;
    }

    void reconcile(List<LinkSpec> wanted) {
        control.assertInLoop();
        Set<LinkId> ids = new HashSet<>();
        wanted.forEach(spec -> ids.add(spec.id()));
        for (AgentLink link : new ArrayList<>(links.values())) {
            if (!ids.contains(link.spec().id())) {
                leave(link);
            }
        }
        for (LinkSpec spec : wanted) {
            AgentLink known = links.get(spec.id());
            if (known == null) {
                begin(spec);
            } else {
                renew(known, spec);
            }
        }
    }

    /** Drains all of them; the process stops. */
    void leaveAll() {
        new ArrayList<>(links.values()).forEach(this::leave);
    }

    /** Whether every link is over. */
    boolean isOver() {
        return links.isEmpty() && leaving.isEmpty();
    }

    Collection<AgentLink> all() {
        return links.values();
    }

    /**
     * The slots of the session that are listed; with {@code open} only those whose link is open now, or without a carrier for the
     * moment: that is no news worth a change of an intercept's state.
     */
    Set<Integer> slots(String sessionId, boolean open) {
        Set<Integer> slots = new HashSet<>();
        for (AgentLink link : links.values()) {
            if (link.spec().sessionId().equals(sessionId) && (!open || link.isHeld())) {
                slots.add(link.spec().slot());
            }
        }
        return slots;
    }

    private void leave(AgentLink link) {
        links.remove(link.spec().id());
        link.leave();
        if (link.state() == AgentLink.State.CLOSED) {
            // One that drains may still lose its carrier, and its far end comes again.
            terms.means().admission().forget(link.spec().id());
        } else {
            leaving.put(link.spec().id(), link);
        }
    }

    private void begin(LinkSpec spec) {
        AgentLink link = new AgentLink(spec, loopOf(spec));
        links.put(spec.id(), link);
        if (spec.meeting() instanceof LinkSpec.AtLinkPort port) {
            expect(link, port);
        } else if (spec.meeting() instanceof LinkSpec.AtRelay relay) {
            knock(link, relay);
        }
    }

    private void renew(AgentLink known, LinkSpec spec) {
        known.renew(spec);
        if (spec.meeting() instanceof LinkSpec.AtLinkPort port) {
            terms.means().admission().renew(spec.id(), port.expectedSha256());
        }
    }

    private void expect(AgentLink link, LinkSpec.AtLinkPort port) {
        AgentLinkListener listener = new AgentLinkListener(this, null);
        terms.means()
                .admission()
                .expect(link.spec(), port.expectedSha256(), invitation(link.spec(), listener), this::opened);
        control.schedule(() -> giveUp(link), EXPECT_NANOS);
    }

    private void knock(AgentLink link, LinkSpec.AtRelay relay) {
        RelayDoor door = new RelayDoor(terms.means(), relay);
        link.door(door);
        LinkTender tender = terms.means().dialler().tender(door);
        LinkInvitation invitation = invitation(link.spec(), new AgentLinkListener(this, tender));
        door.open()
                .whenComplete((opening, failure) -> control.execute(() -> {
                    if (opening == null) {
                        String sentence = "relay " + relay.address() + ": " + failure;
                        ended(link.spec().id(), ResetCode.DIAL_FAILED.name(), sentence);
                    } else {
                        dial(link, opening, invitation);
                    }
                }));
    }

    private LoopRoutes loopOf(LinkSpec spec) {
        return terms.routes().get(Math.floorMod(spec.slot(), terms.routes().size()));
    }

    private void dial(AgentLink link, LinkDoor.Opening opening, LinkInvitation invitation) {
        if (link.state() != AgentLink.State.CONNECTING) {
            return;
        }
        LinkSpec spec = link.spec();
        Future<Link> dialling = terms.means().dialler().dial(spec.slot(), opening, invitation);
        link.dialling(dialling);
        dialling.addListener(done -> {
            if (done.isSuccess()) {
                opened(dialling.getNow());
            } else {
                failed(spec.id(), done.cause());
            }
        });
    }

    /** Our end of the link, whoever dials. */
    private static LinkInvitation invitation(LinkSpec spec, AgentLinkListener listener) {
        return new LinkInvitation(spec.id(), LinkSide.AGENT, listener);
    }

    private void giveUp(AgentLink link) {
        if (link.state() == AgentLink.State.CONNECTING) {
            ended(link.spec().id(), "PAIRING_TIMEOUT", "the gateway did not come to the link port");
        }
    }

    private void failed(LinkId id, @Nullable Throwable cause) {
        String code = cause instanceof TunnelException failure ? failure.code() : ResetCode.DIAL_FAILED.name();
        String detail = cause == null ? "" : String.valueOf(cause.getMessage());
        control.execute(() -> ended(id, code, detail));
    }

    /** Heard on the link's loop. */
    private void opened(Link link) {
        control.execute(() -> onOpened(link));
    }

    private void onOpened(Link link) {
        AgentLink known = find(link.id());
        if (known == null) {
            link.loop().execute(() -> link.drain(ResetCode.GOING_AWAY));
        } else {
            known.opened(link);
            changed.run();
        }
    }

    /** Heard on the link's loop. */
    void draining(Link link) {
        move(link, AgentLink::draining);
    }

    /** Heard on the link's loop. */
    void resuming(Link link, String why) {
        move(link, known -> known.resuming(why));
    }

    /** Heard on the link's loop. */
    void resumed(Link link) {
        move(link, AgentLink::resumed);
    }

    private void move(Link link, Consumer<AgentLink> step) {
        control.execute(() -> {
            AgentLink known = find(link.id());
            if (known != null) {
                step.accept(known);
                changed.run();
            }
        });
    }

    /** Heard on the link's loop. */
    void closed(Link link, String code, String detail) {
        control.execute(() -> ended(link.id(), code, detail));
    }

    private void ended(LinkId id, String code, String detail) {
        terms.means().admission().forget(id);
        AgentLink known = find(id);
        leaving.remove(id);
        if (known != null) {
            known.closed(code, detail);
            changed.run();
        }
    }

    private @Nullable AgentLink find(LinkId id) {
        AgentLink listed = links.get(id);
        return listed != null ? listed : leaving.get(id);
    }
}
