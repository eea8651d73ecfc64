package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a relay listens and what it bounds.
 *
 * @param address where it listens; port 0 takes a free one
 * @param prefaceDeadline how long an accepted connection may take to send its JOIN
 * @param pairingDeadline how long a joined carrier waits for the other side's
 * @param maxJoining accepted connections that have not yet sent their JOIN; one more is refused as OVERLOADED
 * @param maxWaiting joined carriers that wait for the other side's; one more is refused as OVERLOADED
 * @param kernelSplice whether bulk may be moved inside the kernel where the transport can; otherwise it is copied
 *
 * <p><em>Immutable</em>.
 */
public record RelaySettings(
        InetSocketAddress address,
        Duration prefaceDeadline,
        Duration pairingDeadline,
        int maxJoining,
        int maxWaiting,
        boolean kernelSplice) {
    public RelaySettings {
        requireNonNull(address, "address");
        requirePositive("prefaceDeadline", prefaceDeadline);
        requirePositive("pairingDeadline", pairingDeadline);
        requirePositive("maxJoining", maxJoining);
        requirePositive("maxWaiting", maxWaiting);
    }

    public static RelaySettings listeningOn(InetSocketAddress address) {
        return new RelaySettings(address, Duration.ofSeconds(5), Duration.ofSeconds(10), 4096, 4096, true);
    }

    public RelaySettings withDeadlines(Duration preface, Duration pairing) {
        return new RelaySettings(address, preface, pairing, maxJoining, maxWaiting, kernelSplice);
    }

    public RelaySettings withBounds(int joining, int waiting) {
        return new RelaySettings(address, prefaceDeadline, pairingDeadline, joining, waiting, kernelSplice);
    }

    public RelaySettings withKernelSplice(boolean allowed) {
        return new RelaySettings(address, prefaceDeadline, pairingDeadline, maxJoining, maxWaiting, allowed);
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
