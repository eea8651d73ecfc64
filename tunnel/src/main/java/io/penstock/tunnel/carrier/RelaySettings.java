package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.tls.ServerTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a relay listens and what it bounds.
 *
 * @param address where it listens; port 0 takes a free one
 * @param prefaceDeadline how long an accepted connection may take to send its JOIN
 * @param pairingDeadline how long a joined carrier waits for the other side's
 * @param bounds maxJoining: accepted connections that have not yet sent their JOIN, TLS handshake included; maxWaiting: joined
 *     carriers that wait for the other side's; one more is refused as OVERLOADED
 * @param kernelSplice whether bulk may be moved inside the kernel where the transport can; otherwise, and with TLS, it is copied
 * @param tls spoken with every carrier; none for plain TCP
 *
 * <p><em>Immutable</em>.
 */
public record RelaySettings(
        InetSocketAddress address,
        Duration prefaceDeadline,
        Duration pairingDeadline,
        Bounds bounds,
        boolean kernelSplice,
        Optional<ServerTls> tls) {

    /** How many may wait here. <em>Immutable</em>. */
    public record Bounds(int maxJoining, int maxWaiting) {
        public Bounds {
            requirePositive("maxJoining", maxJoining);
            requirePositive("maxWaiting", maxWaiting);
        }
    }

    public RelaySettings {
        requireNonNull(address, "address");
        requirePositive("prefaceDeadline", prefaceDeadline);
        requirePositive("pairingDeadline", pairingDeadline);
        requireNonNull(bounds, "bounds");
        requireNonNull(tls, "tls");
    }

    public static RelaySettings listeningOn(InetSocketAddress address) {
        return new RelaySettings(
                address, Duration.ofSeconds(5), Duration.ofSeconds(10), new Bounds(4096, 4096), true, Optional.empty());
    }

    public RelaySettings withDeadlines(Duration preface, Duration pairing) {
        return new RelaySettings(address, preface, pairing, bounds, kernelSplice, tls);
    }

    public RelaySettings withBounds(int joining, int waiting) {
        return new RelaySettings(
                address, prefaceDeadline, pairingDeadline, new Bounds(joining, waiting), kernelSplice, tls);
    }

    public RelaySettings withKernelSplice(boolean allowed) {
        return new RelaySettings(address, prefaceDeadline, pairingDeadline, bounds, allowed, tls);
    }

    /** Speaks TLS, and nothing else. */
    public RelaySettings withTls(ServerTls spoken) {
        return new RelaySettings(address, prefaceDeadline, pairingDeadline, bounds, kernelSplice, Optional.of(spoken));
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
