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
 * move to other addresses, and come and go.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
final class TargetAddresses {

    /** Between an answer and the next question; with what the JDK remembers, a move is known within 5 s. */
    static final Duration AGAIN = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(TargetAddresses.class);

    private final Loop loop;
    private final AddressLookup lookup;
    private final Runnable onChange;
    private final Map<HostPort, Name> names = new HashMap<>();

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

    /** Looks up what is new, and forgets what is no longer a target. */
    void keep(Set<HostPort> targets) {
        loop.assertInLoop();
        names.keySet().retainAll(targets);
        targets.forEach(target -> names.computeIfAbsent(target, this::begin));
    }

    /** Nothing while the name has no address, or the first answer is still to come. */
    Optional<InetSocketAddress> find(HostPort target) {
        loop.assertInLoop();
        return Optional.ofNullable(names.get(target)).map(name -> name.address);
    }

    private Name begin(HostPort target) {
        if (AddressLookup.isLiteral(target)) {
            return new Name(target, target.resolve());
        }
        Name name = new Name(target, null);
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
        if (name.moveTo(found)) {
            tell(name);
            onChange.run();
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
        private boolean answered;

        Name(HostPort target, @Nullable InetSocketAddress address) {
            this.target = target;
            this.address = address;
        }

        /** Stays where it is while that is among the answers; returns whether there is news. */
        boolean moveTo(List<InetSocketAddress> found) {
            boolean first = !answered;
            answered = true;
            if (address != null && found.contains(address)) {
                return first;
            }
            boolean moved = address != null || !found.isEmpty();
            address = found.isEmpty() ? null : found.get(0);
            return first || moved;
        }
    }
}
