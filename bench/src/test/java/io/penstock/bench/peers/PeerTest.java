package io.penstock.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.TinyWebApp;
import io.penstock.bench.process.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real peers; a missing program skips its test with the line that says what to install. */
final class PeerTest {
    @TempDir
    private Path directory;

    private final FreePorts ports = new FreePorts();
    private final LoadLoops loops = LoadLoops.start(1);
    private final TinyWebApp app = TinyWebApp.start("ann", 0);

    @AfterEach
    void close() {
        app.close();
        loops.close();
    }

    @Test
    void haproxyLeadsToTheAppOverTwoHops() throws IOException {
        assume(Program.HAPROXY);

        try (Peer peer = Haproxy.start(directory, 2, app.address(), ports)) {
            assertLeadsToTheApp(peer.address());
            assertThat(peer.name()).isEqualTo("haproxy-2");
            assertThat(peer.processes()).hasSize(2).allMatch(each -> each.stat().residentBytes() > 0);
        }
    }

    @Test
    void sshLeadsToTheApp() throws IOException {
        assume(Program.SSHD, Program.SSH, Program.SSH_KEYGEN);

        try (Peer peer = SshReverse.start(directory, app.address(), ports)) {
            assertLeadsToTheApp(peer.address());
        }
    }

    @Test
    void nginxServesItsFiles() throws Exception {
        assume(Program.NGINX);

        try (Nginx nginx = Nginx.start(directory, ports.next())) {
            Files.writeString(directory.resolve("html/small"), "hello");
            URI small = URI.create("http://127.0.0.1:" + nginx.address().getPort() + "/small");
            String body = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(small).build(), BodyHandlers.ofString())
                    .body();
            assertThat(body).isEqualTo("hello");
            assertThat(nginx.process().stat().threads()).isEqualTo(3);
        }
    }

    private void assertLeadsToTheApp(InetSocketAddress address) {
        StormPlan plan = StormPlan.keptConnections(address, 10, 1, 5);
        assertThat(new Storm(loops).run(plan).answeredBy()).isEqualTo(Map.of("ann", 50L));
    }

    private static void assume(Program... programs) {
        for (Program program : programs) {
            assumeTrue(program.find().isPresent(), program.whenMissing());
        }
    }
}
