package io.penstock.bench.process;

import io.penstock.bench.config.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Loopback ports that nobody listens on. They lie below the range from which Linux takes the ports of outgoing connections,
 * so that a storm does not take one between the asking and the listening. Thread-safe.
 */
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 1_000;

    private final Set<Integer> given = new HashSet<>();
    private final Random random = new Random();

    public synchronized int next() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST + random.nextInt(LAST - FIRST);
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new IOException("free ports: none found in " + FIRST + "-" + LAST + " (expected: one of " + TRIES + ")");
    }

    public InetSocketAddress nextAddress() throws IOException {
        return Loopback.at(next());
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
