package io.penstock.bench.process;

import io.penstock.bench.config.Loopback;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Loopback ports that nobody listens on. They lie below the range from which Linux takes the ports of outgoing connections,
 * so that a storm does not take one between the asking and the listening. A port that was given is claimed for as long as this
 * lives, by binding its number for datagrams, so that other processes that ask in the same way are not given it too. Thread-safe.
 */
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 1_000;

    private final List<DatagramSocket> claims = new ArrayList<>();
    private final Random random = new Random();

    public synchronized int next() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST + random.nextInt(LAST - FIRST);
            Optional<DatagramSocket> claim = claim(port);
            // Also when somebody listens there: he may come again.
            claim.ifPresent(claims::add);
            if (claim.isPresent() && isFree(port)) {
                return port;
            }
        }
        throw new IOException("free ports: none found in " + FIRST + "-" + LAST + " (expected: one of " + TRIES + ")");
    }

    public InetSocketAddress nextAddress() throws IOException {
        return Loopback.at(next());
    }

    private static Optional<DatagramSocket> claim(int port) {
        try {
            return Optional.of(new DatagramSocket(Loopback.at(port)));
        } catch (SocketException e) {
            return Optional.empty(); // Somebody else's.
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(false);
            // The wildcard address: some of what is started listens there.
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
