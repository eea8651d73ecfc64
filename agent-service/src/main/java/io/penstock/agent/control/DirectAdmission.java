package io.penstock.agent.control;

import io.netty.channel.EventLoop;
import io.penstock.agent.control.LinkSpec.Secret;
import io.penstock.tunnel.carrier.JoinRefusal;
import io.penstock.tunnel.carrier.LinkAdmission;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Who may join at our link port: gateways with a token whose hash the newest snapshot names, each once.
 *
 * <p><em>Thread-safe</em>.
 */
public final class DirectAdmission implements LinkAdmission {

    private record Guest(Secret sha256, Expected expected) {}

    private final IntFunction<EventLoop> loops;
    private final LinkPortRefusals refusals;
    private final Map<LinkId, Guest> guests = new ConcurrentHashMap<>();
    private final Map<LinkId, Consumer<Link>> begun = new ConcurrentHashMap<>();

    /** @param loops the event loop of each slot */
    public DirectAdmission(IntFunction<EventLoop> loops, LinkPortRefusals refusals) {
        this.loops = loops;
        this.refusals = refusals;
    }

    /** Lets the bearer of the token with that hash be the far end. */
    void expect(LinkSpec spec, Secret sha256, LinkInvitation invitation, Consumer<Link> opened) {
        begun.put(spec.id(), opened);
        guests.put(spec.id(), new Guest(sha256, new Expected(invitation, loops.apply(spec.slot()))));
    }

    void forget(LinkId id) {
        guests.remove(id);
        begun.remove(id);
    }

    @Override
    public Optional<Expected> admit(byte[] token) {
        Secret shown = new Secret(sha256(token));
        Guest found = null;
        // All of them, and each in constant time: the time of an answer says nothing about the tokens.
        for (Guest guest : guests.values()) {
            if (guest.sha256().equals(shown)) {
                found = guest;
            }
        }
        if (found == null || !guests.remove(found.expected().invitation().id(), found)) {
            return Optional.empty();
        }
        return Optional.of(found.expected());
    }

    @Override
    public void onLink(Link link) {
        Consumer<Link> opened = begun.remove(link.id());
        if (opened != null) {
            opened.accept(link);
        }
    }

    @Override
    public void onRefused(JoinRefusal refusal) {
        refusals.add(refusal);
    }

    private static byte[] sha256(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
