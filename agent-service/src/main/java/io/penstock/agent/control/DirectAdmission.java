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
 * Who may join at our link port: gateways with a token whose hash the newest snapshot names, or the one before. The first carrier
 * of a link comes once; the next ones as often as the link lives.
 *
 * <p><em>Thread-safe</em>.
 */
public final class DirectAdmission implements LinkAdmission {

    /** Immutable. */
    private record Guest(Secret sha256, Secret before, Expected.First first) {
        boolean shows(Secret shown) {
            // Both, always: the time of an answer says nothing about the tokens.
            boolean isNewest = sha256.equals(shown);
            boolean isLast = before.equals(shown);
            return isNewest || isLast;
        }
    }

    private final IntFunction<EventLoop> loops;
    private final LinkPortRefusals refusals;
    private final Map<LinkId, Guest> guests = new ConcurrentHashMap<>();
    /** Those whose first carrier has not come. */
    private final Map<LinkId, Consumer<Link>> awaited = new ConcurrentHashMap<>();

    private final Map<LinkId, Consumer<Link>> arriving = new ConcurrentHashMap<>();
    private final Map<LinkId, Link> links = new ConcurrentHashMap<>();

    /** @param loops the event loop of each slot */
    public DirectAdmission(IntFunction<EventLoop> loops, LinkPortRefusals refusals) {
        this.loops = loops;
        this.refusals = refusals;
    }

    /** Lets the bearer of the token with that hash be the far end. */
    void expect(LinkSpec spec, Secret sha256, LinkInvitation invitation, Consumer<Link> opened) {
        awaited.put(spec.id(), opened);
        guests.put(spec.id(), new Guest(sha256, sha256, new Expected.First(invitation, loops.apply(spec.slot()))));
    }

    /** A newer snapshot names another hash. The gateway may not have read its own yet, so the last one is good as well. */
    void renew(LinkId id, Secret sha256) {
        guests.computeIfPresent(
                id,
                (same, guest) ->
                        guest.sha256().equals(sha256) ? guest : new Guest(sha256, guest.sha256(), guest.first()));
    }

    void forget(LinkId id) {
        guests.remove(id);
        awaited.remove(id);
        arriving.remove(id);
        links.remove(id);
    }

    @Override
    public Optional<Expected> admit(byte[] token) {
        Secret shown = new Secret(sha256(token));
        LinkId found = null;
        // All of them, and each in constant time: the time of an answer says nothing about the tokens.
        for (Map.Entry<LinkId, Guest> entry : guests.entrySet()) {
            if (entry.getValue().shows(shown)) {
                found = entry.getKey();
            }
        }
        return found == null ? Optional.empty() : expected(found);
    }

    private Optional<Expected> expected(LinkId id) {
        Link link = links.get(id);
        if (link != null) {
            return Optional.of(new Expected.Next(link));
        }
        Guest guest = guests.get(id);
        Consumer<Link> opened = awaited.remove(id);
        if (guest == null || opened == null) {
            return Optional.empty();
        }
        arriving.put(id, opened);
        return Optional.of(guest.first());
    }

    @Override
    public void onLink(Link link) {
        Consumer<Link> opened = arriving.remove(link.id());
        if (opened != null) {
            links.put(link.id(), link);
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
