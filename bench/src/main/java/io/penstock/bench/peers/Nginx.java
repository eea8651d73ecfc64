package io.penstock.bench.peers;

import io.penstock.bench.config.Loopback;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An nginx that serves files of a directory: the app behind every peer, and the peer without anything between. Thread-safe. */
public final class Nginx implements Peer {
    private final InetSocketAddress address;
    private final LaunchedProcess process;

    private Nginx(InetSocketAddress address, LaunchedProcess process) {
        this.address = address;
        this.process = process;
    }

    /** Starts nginx with its files in {@code directory}/html and all else beside it. */
    public static Nginx start(Path directory, int port) throws IOException {
        Files.createDirectories(directory.resolve("html"));
        Path config = Files.writeString(directory.resolve("nginx.conf"), config(System.getProperty("user.name"), port));
        List<String> command =
                List.of(Program.NGINX.path(), "-p", directory.toString(), "-c", config.toString(), "-e", "error.log");
        LaunchSpec spec = new LaunchSpec("nginx", command, directory.resolve("nginx.log"));
        InetSocketAddress address = Loopback.at(port);
        return new Nginx(address, LaunchedProcess.start(spec).awaitPort(address, Duration.ofSeconds(10)));
    }

    static String config(String user, int port) {
        // Only a master that is root may name the user of its workers, and must: its files are nobody else's.
        return (user.equals("root") ? "user root;\n" : "") + """
                daemon off;
                worker_processes 2;
                worker_rlimit_nofile 20000;
                pid nginx.pid;
                error_log error.log error;
                events {
                    worker_connections 16384;
                }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    open_file_cache max=100;
                    keepalive_timeout 3600;
                    keepalive_requests 1000000000;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d backlog=4096;
                        root html;
                    }
                }
                """.formatted(port);
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public List<LaunchedProcess> processes() {
        return List.of();
    }

    /** Returns the app's own process. */
    public LaunchedProcess process() {
        return process;
    }

    /** Returns this nginx as a peer whose closing leaves it running for the others that lead to it. */
    public Peer shared() {
        return new Peer() {
            @Override
            public String name() {
                return Nginx.this.name();
            }

            @Override
            public InetSocketAddress address() {
                return address;
            }

            @Override
            public List<LaunchedProcess> processes() {
                return List.of();
            }

            @Override
            public void close() {
                // Its owner closes it.
            }
        };
    }

    @Override
    public void close() {
        process.close();
    }
}
