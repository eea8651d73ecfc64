package io.penstock.bench.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** The REST of one service, with the token that opens it. Thread-safe. */
public record RestDoor(URI base, String token) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** What a service answered; an empty body is JSON null. Immutable. */
    public record Answer(int status, String text) {
        public JsonNode json() {
            return text.isBlank() ? NullNode.getInstance() : JsonMapper.shared().readTree(text);
        }

        boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    public Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    public Answer post(String path, Map<String, ?> body) throws IOException {
        String text = JsonMapper.shared().writeValueAsString(body);
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(text)));
    }

    public Answer delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    /** Says whether the path is answered with 2xx; a service that cannot be reached does not. */
    public boolean answers(String path) {
        try {
            return get(path).isGood();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns a good answer's JSON; another one fails with its problem document in the message. */
    public static JsonNode require(Answer answer, String what) throws IOException {
        if (!answer.isGood()) {
            throw new IOException(what + ": " + answer.status() + " " + answer.text() + " (expected: 2xx)");
        }
        return answer.json();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("call: interrupted (expected: an answer)");
        }
    }

    /** Leaves out the token. */
    @Override
    public String toString() {
        return base.toString();
    }
}
