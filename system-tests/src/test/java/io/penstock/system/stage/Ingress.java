package io.penstock.system.stage;

import io.penstock.bench.config.Loopback;
import io.penstock.bench.peers.Program;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An nginx in front of a manager's gRPC port, with its own limits but for the one on bodies: a carrier is a body without an end. Used by
 * one test at a time.
 */
public final class Ingress implements AutoCloseable {
    private final Path directory;
    private final int port;
    private LaunchedProcess process;

    private Ingress(Path directory, int port, LaunchedProcess process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Starts one; {@code more} are further directives of its server. */
    public static Ingress start(Path directory, int port, String grpcAddress, String more) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("nginx.conf"), config(port, grpcAddress, more));
        return new Ingress(directory, port, launch(directory, port));
    }

    private static LaunchedProcess launch(Path directory, int port) throws IOException {
        List<String> command =
                List.of(Program.NGINX.path(), "-p", directory.toString(), "-c", "nginx.conf", "-e", "error.log");
        LaunchSpec spec = new LaunchSpec("ingress", command, directory.resolve("ingress.log"));
        return LaunchedProcess.start(spec).awaitPort(Loopback.at(port), Duration.ofSeconds(10));
    }

    /** Ends it with all connections, and starts it again. */
    public void restart() throws IOException {
        process.close();
        process = launch(directory, port);
    }

    private static String config(int port, String grpcAddress, String more) {
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        return user + """
                daemon off;
                worker_processes 2;
                pid nginx.pid;
                error_log error.log warn;
                events {
                    worker_connections 1024;
                }
                http {
                    access_log access.log;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d http2;
                        %s
                        location / {
                            grpc_pass grpc://%s;
                        }
                    }
                }
                """.formatted(port, more, grpcAddress);
    }

    @Override
    public void close() {
        process.close();
    }
}
