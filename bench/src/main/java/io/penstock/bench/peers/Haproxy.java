package io.penstock.bench.peers;

import io.penstock.bench.config.Loopback;
import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One or more HAProxy processes in TCP mode, one behind the other. Thread-safe. */
public final class Haproxy implements Peer {
    private final InetSocketAddress address;
    private final List<LaunchedProcess> hops;

    private Haproxy(InetSocketAddress address, List<LaunchedProcess> hops) {
        this.address = address;
        this.hops = List.copyOf(hops);
    }

    /** Starts that many hops, the last of which leads to {@code app}. */
    public static Haproxy start(Path directory, int count, InetSocketAddress app, FreePorts ports) throws IOException {
        List<LaunchedProcess> hops = new ArrayList<>();
        InetSocketAddress next = app;
        for (int hop = count; hop >= 1; hop--) {
            InetSocketAddress address = Loopback.at(ports.next());
            hops.add(0, startHop(directory, "haproxy-" + count + "-hop-" + hop, address, next));
            next = address;
        }
        return new Haproxy(next, hops);
    }

    private static LaunchedProcess startHop(
            Path directory, String name, InetSocketAddress address, InetSocketAddress next) throws IOException {
        Path config = Files.writeString(directory.resolve(name + ".cfg"), config(address.getPort(), next.getPort()));
        List<String> command = List.of(Program.HAPROXY.path(), "-db", "-f", config.toString());
        LaunchSpec spec = new LaunchSpec(name, command, directory.resolve(name + ".log"));
        return LaunchedProcess.start(spec).awaitPort(address, Duration.ofSeconds(10));
    }

    static String config(int port, int next) {
        return """
                global
                    nbthread 2
                    maxconn 9000
                defaults
                    mode tcp
                    maxconn 9000
                    timeout connect 30s
                    timeout client 1h
                    timeout server 1h
                listen hop
                    bind 127.0.0.1:%d backlog 4096
                    server next 127.0.0.1:%d
                """.formatted(port, next);
    }

    @Override
    public String name() {
        return "haproxy-" + hops.size();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public List<LaunchedProcess> processes() {
        return hops;
    }

    @Override
    public void close() {
        hops.forEach(LaunchedProcess::close);
    }
}
