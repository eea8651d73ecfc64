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
import java.util.List;

/** {@code ssh -R} to an sshd of our own, on loopback and with keys made for it. Thread-safe. */
public final class SshReverse implements Peer {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    // Debian's sshd does not start as root without it, and only Debian's unit file makes it.
    private static final Path SEPARATION = Path.of("/run/sshd");

    private final InetSocketAddress address;
    private final LaunchedProcess server;
    private final LaunchedProcess client;

    private SshReverse(InetSocketAddress address, LaunchedProcess server, LaunchedProcess client) {
        this.address = address;
        this.server = server;
        this.client = client;
    }

    public static SshReverse start(Path directory, InetSocketAddress app, FreePorts ports) throws IOException {
        String user = System.getProperty("user.name");
        if (user.equals("root")) {
            Files.createDirectories(SEPARATION);
        }
        makeKey(directory, "host_key");
        makeKey(directory, "user_key");
        Files.copy(directory.resolve("user_key.pub"), directory.resolve("authorized_keys"));
        int sshPort = ports.next();
        LaunchedProcess server = startServer(directory, sshPort);
        InetSocketAddress address = Loopback.at(ports.next());
        try {
            List<String> command = clientCommand(directory, user, sshPort, address.getPort(), app.getPort());
            LaunchSpec spec = new LaunchSpec("ssh", command, directory.resolve("ssh.log"));
            return new SshReverse(address, server, LaunchedProcess.start(spec).awaitPort(address, LIMIT));
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static void makeKey(Path directory, String name) throws IOException {
        List<String> command = List.of(
                Program.SSH_KEYGEN.path(),
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                directory.resolve(name).toString());
        LaunchedProcess keygen =
                LaunchedProcess.start(new LaunchSpec("ssh-keygen", command, directory.resolve("keygen.log")));
        if (keygen.awaitExit(LIMIT) != 0) {
            throw new IOException("ssh-keygen: failed (expected: a key); it says\n" + keygen.logTail());
        }
    }

    private static LaunchedProcess startServer(Path directory, int port) throws IOException {
        Path config = Files.writeString(directory.resolve("sshd_config"), serverConfig(directory, port));
        List<String> command = List.of(Program.SSHD.path(), "-D", "-e", "-f", config.toString());
        return LaunchedProcess.start(new LaunchSpec("sshd", command, directory.resolve("sshd.log")))
                .awaitPort(Loopback.at(port), LIMIT);
    }

    static String serverConfig(Path directory, int port) {
        return """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                UseDNS no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                AllowTcpForwarding yes
                GatewayPorts no
                """.formatted(port, directory.resolve("host_key"), directory.resolve("authorized_keys"));
    }

    static List<String> clientCommand(Path directory, String user, int sshPort, int port, int app) throws IOException {
        return List.of(
                Program.SSH.path(),
                "-N",
                "-F",
                "/dev/null",
                "-i",
                directory.resolve("user_key").toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=" + directory.resolve("known_hosts"),
                "-o",
                "ExitOnForwardFailure=yes",
                "-R",
                "127.0.0.1:" + port + ":127.0.0.1:" + app,
                "-p",
                Integer.toString(sshPort),
                user + "@127.0.0.1");
    }

    @Override
    public String name() {
        return "ssh -R";
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public List<LaunchedProcess> processes() {
        return List.of(server, client);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
