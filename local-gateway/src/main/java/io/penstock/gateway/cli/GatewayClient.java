package io.penstock.gateway.cli;

import io.penstock.gateway.home.ServiceState;
import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the service's local REST, each within a deadline. The JDK's old HTTP client is used because it starts in a fraction of
 * the newer one's time.
 *
 * <p><em>Thread-safe</em>.
 */
final class GatewayClient {

    /** Longer than the service itself may take for anything. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final int CONNECT_MILLIS = 2_000;

    private final ServiceState service;

    GatewayClient(ServiceState service) {
        this.service = service;
    }

    ServiceState service() {
        return service;
    }

    JsonView get(String path) {
        return call("GET", path, null, ANSWER);
    }

    JsonView get(String path, Duration deadline) {
        return call("GET", path, null, deadline);
    }

    JsonView post(String path, Map<String, @Nullable Object> body) {
        return call("POST", path, body, ANSWER);
    }

    JsonView delete(String path) {
        return call("DELETE", path, null, ANSWER);
    }

    private JsonView call(String method, String path, @Nullable Map<String, @Nullable Object> body, Duration deadline) {
        try {
            HttpURLConnection connection = open(method, path, deadline);
            if (body != null) {
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(Json.write(body).getBytes(StandardCharsets.UTF_8));
                }
            }
            return read(connection);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.GATEWAY_FAILED,
                    service + " does not answer: " + e.getMessage() + " (expected: an answer within "
                            + deadline.toSeconds() + " s)",
                    UNANSWERED);
        }
    }

    /** How the type of the refusal ends that a service gives while it stops. */
    static final String STOPPING = ":gateway-stopping";

    /** The type of a failure of which the service did not tell, because it did not answer. */
    static final String UNANSWERED = "unanswered";

    private HttpURLConnection open(String method, String path, Duration deadline) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) deadline.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + service.token());
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        return connection;
    }

    private static JsonView read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        boolean good = status / 100 == 2;
        try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            JsonView body = text.isBlank() ? JsonView.EMPTY : Json.readObject(text);
            if (good) {
                return body;
            }
            throw new CommandFailure(codeOf(status, body.text("type")), sentence(status, body), body.text("type"));
        } catch (IllegalArgumentException e) {
            throw new IOException("its answer is not JSON", e);
        }
    }

    private static String sentence(int status, JsonView body) {
        String detail = body.text("detail");
        return detail.isEmpty() ? "gateway service: answered " + status + " (expected: 2xx)" : detail;
    }

    /** The exit code of a problem: by its type where the status alone would mislead. */
    static ExitCode codeOf(int status, String type) {
        if (type.endsWith(":gateway-token")
                || type.endsWith(":internal-error")
                || type.endsWith(":gateway-busy")
                || type.endsWith(STOPPING)) {
            return ExitCode.GATEWAY_FAILED;
        }
        return switch (status) {
            case 400, 422 -> ExitCode.USAGE;
            case 401, 403 -> ExitCode.NOT_AUTHORISED;
            case 404, 410 -> ExitCode.NOT_FOUND;
            case 409 -> ExitCode.CONFLICT;
            case 502, 503, 504 -> ExitCode.MANAGER_UNREACHABLE;
            default -> ExitCode.FAILURE;
        };
    }
}
