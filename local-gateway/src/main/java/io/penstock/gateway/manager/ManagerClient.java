package io.penstock.gateway.manager;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.gateway.session.ManagerRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the manager's REST. What the manager refuses keeps its own words; what never reached it says where we tried.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ManagerClient {

    /** Several times a list of as many intercepts as a manager holds by default. */
    private static final long MAX_ANSWER = 16 << 20;

    private final HttpClient http;
    private final Duration timeout;

    /**
     * A client that answers each call within the time-out.
     *
     * @param http with a connect time-out of its own
     */
    public ManagerClient(HttpClient http, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
    }

    public CompletableFuture<JsonView> get(ManagerRef manager, String path) {
        return send(manager, path, "GET", null);
    }

    public CompletableFuture<JsonView> post(ManagerRef manager, String path, Map<String, @Nullable Object> body) {
        return send(manager, path, "POST", body);
    }

    public CompletableFuture<JsonView> delete(ManagerRef manager, String path) {
        return send(manager, path, "DELETE", null);
    }

    private CompletableFuture<JsonView> send(
            ManagerRef manager, String path, String method, @Nullable Map<String, @Nullable Object> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(manager.url() + path))
                    .timeout(timeout)
                    .header("Authorization", "Bearer " + manager.token())
                    .header("Accept", "application/json, application/problem+json")
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body)))
                    .build();
            return http.sendAsync(request, head -> new AnswerText(MAX_ANSWER))
                    .handle((response, failure) -> read(manager, response, failure));
        } catch (GatewayProblem e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private JsonView read(ManagerRef manager, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            throw unreachable(manager, failure);
        }
        JsonView body = parse(manager, response);
        if (response.statusCode() / 100 == 2) {
            return body;
        }
        throw refusal(manager, response.statusCode(), body);
    }

    private static JsonView parse(ManagerRef manager, HttpResponse<String> response) {
        if (response.body().isBlank()) {
            return JsonView.EMPTY;
        }
        try {
            return Json.readObject(response.body());
        } catch (IllegalArgumentException e) {
            throw GatewayProblem.of(
                    ProblemType.MANAGER_ANSWER,
                    "manager: " + manager.url() + " answered " + response.statusCode()
                            + " without JSON (expected: a Penstock manager's REST address)");
        }
    }

    private static GatewayProblem refusal(ManagerRef manager, int status, JsonView body) {
        String detail = body.text("detail");
        String said = detail.isEmpty() ? "manager: " + manager.url() + " answered " + status : detail;
        if (status == 401 || status == 403) {
            said += "; the token came from " + manager.tokenFile();
        }
        String type = body.text("type");
        return new GatewayProblem(status, type.isEmpty() ? "about:blank" : type, body.text("title"), said);
    }

    private GatewayProblem unreachable(ManagerRef manager, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof GatewayProblem problem) {
            return problem;
        }
        return GatewayProblem.of(
                ProblemType.MANAGER_UNREACHABLE,
                "manager: " + manager.url() + " " + reason(cause)
                        + " (expected: a running Penstock manager; see --manager and PENSTOCK_MANAGER)");
    }

    private String reason(@Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "did not answer within " + timeout.toSeconds() + " s";
        }
        if (cause instanceof java.net.ConnectException) {
            return "refused the connection or does not exist";
        }
        return cause instanceof IOException ? "cannot be reached: " + cause.getMessage() : "cannot be asked: " + cause;
    }
}
