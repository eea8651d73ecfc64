package io.penstock.bench.rounds;

import io.penstock.bench.peers.Haproxy;
import io.penstock.bench.peers.Nginx;
import io.penstock.bench.peers.PenstockPeer;
import io.penstock.bench.peers.SshReverse;
import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.Jars;
import io.penstock.bench.process.JvmFlags;
import io.penstock.bench.process.StackPlan;
import io.penstock.bench.rounds.PeerSlot.Starter;
import io.penstock.tunnel.testkit.Authority;
import io.penstock.tunnel.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be measured in front of one app, by name, and how each is started. Startup only. */
final class Contenders {
    private final Path scratch;
    private final FreePorts ports;
    private int directories;

    Contenders(Path scratch, FreePorts ports) {
        this.scratch = scratch;
        this.ports = ports;
    }

    /** Lists how to start each; with another source tree, what that one built too. */
    Map<String, Starter> before(Nginx app, Optional<Path> beside) throws IOException {
        InetSocketAddress address = app.address();
        Map<String, Starter> all = new LinkedHashMap<>();
        all.put("nginx", app::shared);
        all.put(Goals.ONE_HOP, () -> Haproxy.start(subdirectory("haproxy"), 1, address, ports));
        all.put(Goals.TWO_HOPS, () -> Haproxy.start(subdirectory("haproxy"), 2, address, ports));
        all.put(Goals.SSH, () -> SshReverse.start(subdirectory("ssh"), address, ports));
        Jars jars = Jars.find();
        all.put(Goals.PENSTOCK, () -> penstock(Goals.PENSTOCK, plain(), jars, address));
        all.put(Goals.DIRECT, () -> penstock(Goals.DIRECT, plain().directly(), jars, address));
        all.put(Goals.TLS, () -> penstock(Goals.TLS, overTls(), jars, address));
        all.put(Goals.GRPC, () -> penstock(Goals.GRPC, plain().withDoor(Map.of("carrier", "grpc")), jars, address));
        if (beside.isPresent()) {
            Jars others = Jars.in(beside.get());
            all.put(Goals.BESIDE, () -> penstock(Goals.BESIDE, plain(), others, address));
        }
        return all;
    }

    private PenstockPeer penstock(String name, StackPlan plan, Jars jars, InetSocketAddress app) throws IOException {
        return PenstockPeer.start(name, plan, jars, app, ports);
    }

    /** Plans a stack whose original app nobody plays: a connection that failed open counts as failed. */
    private StackPlan plain() throws IOException {
        return StackPlan.of(subdirectory("penstock"), ports.nextAddress()).with(JvmFlags.LONG_RUN);
    }

    /** Plans a stack with TLS on both carriers of each link, under a certificate made for this run. */
    private StackPlan overTls() throws IOException {
        Authority authority = Authority.in(subdirectory("tls"), "authority");
        TlsFiles.Identity relay = authority.issue("relay");
        String ca = authority.certificate().toString();
        return plain().withManager(List.of(
                        "--penstock.manager.relay.tls.certificate=" + relay.certificate(),
                        "--penstock.manager.relay.tls.key=" + relay.key()))
                .withAgent(List.of("--tls-ca", ca))
                .withDoor(Map.of("tls", Map.of("ca", ca)));
    }

    private Path subdirectory(String name) throws IOException {
        directories++;
        return Files.createDirectory(scratch.resolve(name + "-" + directories));
    }
}
