package io.penstock.gateway.forward;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.link.Loop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the targets' names mean now: each name is asked for again and again while it is a target, because names of containers
 * move to other addresses, and come and go. A name service that has no answer for a while says nothing of the app, so an address
 * outlives failed look-ups.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
final class TargetAddresses {

    /** Between an answer and the next question; with what the JDK remembers, a move is known within 5 s. */
    static final Duration AGAIN = Duration.ofSeconds(3);

    /** How long look-ups may fail before a target has no address any more; one that is gone should not be dialled for ever. */
    static final Duration KEPT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(TargetAddresses.class);

    private final Loop loop;
    private final AddressLookup lookup;
    private final Runnable onChange;
    private final Map<HostPort, Name> names = new HashMap<>();
    private final Map<HostPort, Name> expected = new HashMap<>();

    /**
     * Knows no target yet.
     *
     * @param onChange called on the loop after a name was found to mean something else
     */
    TargetAddresses(Loop loop, AddressLookup lookup, Runnable onChange) {
        this.loop = loop;
        this.lookup = lookup;
        this.onChange = onChange;
    }

    /**
     * Knows already where a target is that will be one soon, so that streams may come with the snapshot that makes it one. What
     * does not become a target is forgotten.
     *
     * @param found not empty
     */
    void expect(HostPort target, List<InetSocketAddress> found) {
        loop.assertInLoop();
        Name known = names.get(target);
        if (known != null) {
            take(known, found);
            return;
        }
        Name name = new Name(target, found.get(0));
        expected.put(target, name);
        loop.schedule(() -> expected.remove(target, name), KEPT.toNanos());
    }

    /** Looks up what is new, and forgets what is no longer a target. */
    void keep(Set<HostPort> targets) {
        loop.assertInLoop();
        names.keySet().retainAll(targets);
        targets.forEach(target -> names.computeIfAbsent(target, this::begin));
    }

    /** Nothing while no look-up has found an address yet, or after all have failed for {@link #KEPT}. */
    Optional<InetSocketAddress> find(HostPort target) {
        loop.assertInLoop();
        return Optional.ofNullable(names.get(target)).map(name -> name.address);
    }

    private Name begin(HostPort target) {
        if (target.isLiteral()) {
            return new Name(target, target.resolve());
        }
        Name name = expected.remove(target);
        if (name == null) {
            name = new Name(target, null);
        } else {
            tell(name);
        }
        ask(name);
        return name;
    }

    private void ask(Name name) {
        lookup.find(name.target)
                .whenComplete(
                        (found, failure) -> loop.execute(() -> onAnswer(name, failure == null ? found : List.of())));
    }

    private void onAnswer(Name name, List<InetSocketAddress> found) {
        if (isForgotten(name)) {
            return;
        }
        loop.schedule(() -> askAgain(name), AGAIN.toNanos());
        take(name, found);
    }

    private void take(Name name, List<InetSocketAddress> found) {
        boolean news = found.isEmpty() ? name.onFailure(loop.nanoTime()) : name.moveTo(found);
        if (news) {
            tell(name);
            onChange.run();
        } else if (found.isEmpty() && name.failures == 1) {
            LOG.info("target {} is not found now and stays where it is for {} s", name.target, KEPT.toSeconds());
        }
    }

    private void askAgain(Name name) {
        if (!isForgotten(name)) {
            ask(name);
        }
    }

    private boolean isForgotten(Name name) {
        return names.get(name.target) != name;
    }

    private static void tell(Name name) {
        if (name.address == null) {
            LOG.warn("target: {} has no address (expected: a name that this machine can look up)", name.target);
        } else {
            LOG.info(
                    "target {} is at {}", name.target, name.address.getAddress().getHostAddress());
        }
    }

    /** One target and what is known of it. Loop-confined. */
    private static final class Name {
        private final HostPort target;
        private @Nullable InetSocketAddress address;
        private int failures;
        private long failingSince;

        Name(HostPort target, @Nullable InetSocketAddress address) {
            this.target = target;
            this.address = address;
        }

        /** Stays where it is while that is among the answers; returns whether there is news. */
        boolean moveTo(List<InetSocketAddress> found) {
            failures = 0;
            if (address != null && found.contains(address)) {
                return false;
            }
            address = found.get(0);
            return true;
        }

        /** Gives the address up when there was no answer for too long; returns whether there is news. */
        boolean onFailure(long now) {
            if (failures++ == 0) {
                failingSince = now;
            }
            if (address == null) {
                return failures == 1;
            }
            if (now - failingSince < KEPT.toNanos()) {
                return false;
            }
            address = null;
            return true;
        }
    }
}
