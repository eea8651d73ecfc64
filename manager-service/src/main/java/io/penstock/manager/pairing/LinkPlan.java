package io.penstock.manager.pairing;

import io.penstock.manager.keep.Kept;
import io.penstock.manager.pairing.LinkAssignment.Ends;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.report.LinkFigure;
import io.penstock.tunnel.link.LinkId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that exist. It is told whole lists of what is wanted and makes them so: pairs that are no longer wanted lose
 * their links, new pairs get one for each of the agent's slots, and a link that either end reports CLOSED is replaced
 * under a new id after a wait. A link that only wants another carrier keeps its id, and gets a fresh token in good time. A
 * report about an id that is no longer current is out of date and changes nothing, so it does not matter that both ends report
 * the same loss.
 *
 * <p><em>Loop-confined</em>.
 */
public final class LinkPlan {
    private static final Logger log = LoggerFactory.getLogger(LinkPlan.class);

    private final ReplacementPolicy policy;
    private final Supplier<LinkId> ids;
    private final Map<Ends, Pairing> pairings = new LinkedHashMap<>();
    private final Map<LinkId, LinkSlot> current = new HashMap<>();
    private final Kept<LinkId, LinkAssignment> kept;
    /** Those of the manager's former life, until the first list of what is wanted. */
    private final List<LinkAssignment> former;

    private long replaced;

    /** The slots of one pair, and how their links meet. */
    private record Pairing(WantedLinks wanted, List<LinkSlot> slots) {
        boolean hasPlaceFor(LinkAssignment link) {
            return link.slot() < slots.size() && link.way().equals(wanted.way());
        }
    }

    /** @param kept with the links of the manager's former life: those that are wanted at first stay */
    public LinkPlan(ReplacementPolicy policy, Supplier<LinkId> ids, Kept<LinkId, LinkAssignment> kept) {
        this.policy = policy;
        this.ids = ids;
        this.kept = kept;
        this.former = new ArrayList<>(kept.all());
    }

    /** Makes the plan hold exactly these, and gives every free slot whose wait is over a link. */
    public void reconcile(Collection<WantedLinks> wanted, Instant wall, Instant now) {
        Set<Ends> keep = new HashSet<>();
        for (WantedLinks links : wanted) {
            keep.add(links.ends());
            Pairing known = pairings.get(links.ends());
            if (known == null || !known.wanted().equals(links)) {
                drop(links.ends());
                pairings.put(links.ends(), new Pairing(links, slots(links.count())));
            }
        }
        List.copyOf(pairings.keySet()).stream()
                .filter(Predicate.not(keep::contains))
                .forEach(this::drop);
        takeOverFormer();
        pairings.values().forEach(pairing -> fill(pairing, wall, now));
    }

    /** Takes what one end says about its links. */
    public void reported(Map<LinkId, LinkFigure> figures, Instant now) {
        figures.forEach((id, figure) -> {
            LinkSlot slot = current.get(id);
            if (slot == null) {
                return;
            }
            if (figure.condition() == LinkCondition.OPEN) {
                slot.opened(now);
            } else if (figure.condition() == LinkCondition.CLOSED) {
                close(id, slot, figure.code(), now);
            }
        });
    }

    /** The ends of a link that is current. */
    public Optional<Ends> endsOf(LinkId id) {
        return Optional.ofNullable(current.get(id)).flatMap(LinkSlot::current).map(LinkAssignment::ends);
    }

    /** The links of one agent or one session, in the order of their making. */
    public List<LinkAssignment> assignments(Predicate<Ends> of) {
        List<LinkAssignment> found = new ArrayList<>();
        pairings.forEach((ends, pairing) -> {
            if (of.test(ends)) {
                pairing.slots().forEach(slot -> slot.current().ifPresent(found::add));
            }
        });
        return found;
    }

    public int size() {
        return current.size();
    }

    /** How many links were reported CLOSED and given up for a replacement, since the start. */
    public long replaced() {
        return replaced;
    }

    /** Both ends still hold these links, and dial for them: only a link of the same place and way is one they can go on with. */
    private void takeOverFormer() {
        for (LinkAssignment link : former) {
            Pairing pairing = pairings.get(link.ends());
            if (pairing != null && pairing.hasPlaceFor(link)) {
                LinkSlot slot = pairing.slots().get(link.slot());
                slot.assign(link);
                current.put(link.id(), slot);
            } else {
                kept.remove(link.id());
            }
        }
        former.clear();
    }

    private void close(LinkId id, LinkSlot slot, String code, Instant now) {
        slot.current()
                .ifPresent(link -> log.info(
                        "link {} CLOSED cause={} agent={} session={} slot={}",
                        id,
                        code,
                        link.ends().agent(),
                        link.ends().session(),
                        link.slot()));
        current.remove(id);
        kept.remove(id);
        slot.closed(now);
        replaced++;
    }

    private List<LinkSlot> slots(int count) {
        List<LinkSlot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(new LinkSlot(i, policy));
        }
        return slots;
    }

    private void fill(Pairing pairing, Instant wall, Instant now) {
        for (LinkSlot slot : pairing.slots()) {
            if (slot.isDue(now)) {
                assign(pairing.wanted(), slot, wall);
            }
            slot.current()
                    .filter(link -> policy.isToRenew(link.expiresAt(), wall))
                    .ifPresent(link -> slot.renew(link.until(wall.plus(policy.tokenLife()))));
        }
    }

    private void assign(WantedLinks wanted, LinkSlot slot, Instant wall) {
        LinkId id = ids.get();
        Ends ends = wanted.ends();
        var link = new LinkAssignment(id, slot.index(), ends, wanted.way(), wall.plus(policy.tokenLife()));
        slot.assign(link);
        current.put(id, slot);
        kept.put(id, link);
        log.info(
                "link {} assigned agent={} session={} slot={} route={}",
                id,
                ends.agent(),
                ends.session(),
                slot.index(),
                wanted.way().route());
    }

    private void drop(Ends ends) {
        Pairing gone = pairings.remove(ends);
        if (gone == null) {
            return;
        }
        for (LinkSlot slot : gone.slots()) {
            slot.current().ifPresent(link -> {
                current.remove(link.id());
                kept.remove(link.id());
                log.info("link {} withdrawn agent={} session={}", link.id(), ends.agent(), ends.session());
            });
        }
    }
}
