package io.penstock.manager.api;

import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.penstock.manager.config.ManagerProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the manager under test as its peers do. */
final class ManagerTester {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private final Environment environment;
    private final ManagerProperties properties;
    private final GrpcServerLifecycle grpc;

    ManagerTester(Environment environment, ManagerProperties properties, GrpcServerLifecycle grpc) {
        this.environment = environment;
        this.properties = properties;
        this.grpc = grpc;
    }

    record Answer(int status, HttpResponse<String> raw, JsonNode body) {
        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        /** The last part of a problem's type. */
        String problem() {
            return body.path("type").asString().replace("urn:penstock:problem:", "");
        }

        String detail() {
            return body.path("detail").asString();
        }
    }

    String token() {
        try {
            return Files.readString(Path.of(properties.home(), "token")).strip();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri("local.server.port", path)).header("Authorization", "Bearer " + token());
    }

    HttpRequest.Builder bareRequest(String path) {
        return HttpRequest.newBuilder(uri("local.server.port", path));
    }

    Answer management(String path) {
        return send(HttpRequest.newBuilder(uri("local.management.port", path)).GET());
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> raw = http.send(request.build(), BodyHandlers.ofString());
            boolean isJson = raw.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(raw.statusCode(), raw, isJson ? json.readTree(raw.body()) : json.createObjectNode());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("127.0.0.1", grpc.getPort())
                .usePlaintext()
                .build();
    }

    CallCredentials credentials(@Nullable String token) {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
                var headers = new Metadata();
                headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
                applier.apply(headers);
            }
        };
    }

    private URI uri(String portProperty, String path) {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty(portProperty) + path);
    }
}
