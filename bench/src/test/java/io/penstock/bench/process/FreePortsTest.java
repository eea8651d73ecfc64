package io.penstock.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FreePortsTest {
    private final FreePorts ports = new FreePorts();

    @Test
    void givesPortsThatCanBeListenedOn() throws IOException {
        int port = ports.next();

        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void givesNoPortTwiceWhoeverAsks() throws IOException {
        FreePorts others = new FreePorts();
        Set<Integer> given = new HashSet<>();

        // As many as would meet by chance almost certainly.
        for (int i = 0; i < 300; i++) {
            assertThat(given.add(ports.next())).isTrue();
            assertThat(given.add(others.next())).isTrue();
        }
    }
}
