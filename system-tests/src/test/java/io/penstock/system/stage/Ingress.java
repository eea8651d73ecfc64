package io.penstock.system.stage;

import io.penstock.bench.config.Loopback;
import io.penstock.bench.peers.Program;
import io.penstock.bench.process.LaunchSpec;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.ManagerProcess;
import io.penstock.tunnel.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An nginx in front of a manager, with its own limits but for those that a test changes. Used by one test at a time. */
public final class Ingress implements AutoCloseable {
    private final Path directory;
    private final int port;
    private LaunchedProcess process;

    private Ingress(Path directory, int port, LaunchedProcess process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Starts one in front of the gRPC port; {@code more} are further directives of its server. */
    public static Ingress start(Path directory, int port, String grpcAddress, String more) throws IOException {
        return start(directory, port, """
                listen 127.0.0.1:%d http2;
                %s
                location / {
                    grpc_pass grpc://%s;
                }
                """.formatted(port, more, grpcAddress));
    }

    /** Starts one that ends TLS in front of the gRPC port and of REST; {@code more} are further directives of its server. */
    public static Ingress startWithTls(
            Path directory, int port, TlsFiles.Identity identity, ManagerProcess manager, String more)
            throws IOException {
        return start(directory, port, """
                listen 127.0.0.1:%d ssl http2;
                ssl_certificate %s;
                ssl_certificate_key %s;
                %s
                location /penstock. {
                    grpc_pass grpc://%s;
                }
                location / {
                    proxy_pass %s;
                }
                """.formatted(
                port, identity.certificate(), identity.key(), more, manager.grpcAddress(), manager.restAddress()));
    }

    private static Ingress start(Path directory, int port, String server) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("nginx.conf"), config(server));
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

    private static String config(String server) {
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
                %s
                    }
                }
                """.formatted(server);
    }

    /** Returns the lines of its error log. */
    public List<String> errors() throws IOException {
        return Files.readAllLines(directory.resolve("error.log"));
    }

    @Override
    public void close() {
        process.close();
    }
}
