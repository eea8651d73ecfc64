package io.penstock.system.storm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.peers.Program;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.LongLivedApp;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** S6, on plain TCP: connections that last are none the worse for a storm of short ones. */
@NeedsPeers(Program.AB)
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldOpenIT {
    private static final int SOCKETS = 1000;
    private static final int LISTENERS = 300;
    private static final int REQUESTS = 50_000;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void keepsWebSocketsAndEventStreamsThroughAStorm() throws Exception {
        try (LongLivedApp app = LongLivedApp.start();
                Diversion diversion = STAGE.divert(app.address())) {
            List<Talker> talkers =
                    IntStream.range(0, SOCKETS).mapToObj(i -> talk()).toList();
            List<Listener> listeners =
                    IntStream.range(0, LISTENERS).mapToObj(i -> listen()).toList();
            requireThatAllHearMore(listeners);

            Tool.Outcome outcome = storm();

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            assertThat(outcome.number("Complete requests:\\s+(\\d+)")).isEqualTo(REQUESTS);
            assertThat(outcome.output())
                    .containsPattern("Failed requests:\\s+0\\b")
                    .doesNotContain("Non-2xx");
            requireThatAllEcho(talkers);
            requireThatAllHearMore(listeners);
            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
            talkers.forEach(talker -> talker.socket.abort());
            listeners.forEach(Listener::leave);
        }
        STAGE.requireNoStreams();
    }

    private Talker talk() {
        Hearing hearing = new Hearing();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws" + door() + "/socket"), hearing)
                .join();
        return new Talker(socket, hearing);
    }

    private Listener listen() {
        Listener listener = new Listener();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http" + door() + "/events")).build();
        client.sendAsync(request, BodyHandlers.fromLineSubscriber(listener))
                .whenComplete((answer, failure) -> listener.over.complete(null));
        return listener;
    }

    private static void requireThatAllEcho(List<Talker> talkers) {
        List<CompletableFuture<WebSocket>> sent = new ArrayList<>();
        for (int i = 0; i < talkers.size(); i++) {
            sent.add(talkers.get(i).socket.sendText("word " + i, true));
        }
        sent.forEach(CompletableFuture::join);
        for (int i = 0; i < talkers.size(); i++) {
            assertThat(talkers.get(i).hearing.heard.orTimeout(30, SECONDS).join())
                    .isEqualTo("word " + i);
        }
    }

    private static void requireThatAllHearMore(List<Listener> listeners) {
        List<Integer> before =
                listeners.stream().map(listener -> listener.lines.get()).toList();
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (int i = 0; i < listeners.size(); i++) {
                assertThat(listeners.get(i).lines.get()).isGreaterThan(before.get(i));
            }
        });
        assertThat(listeners).noneMatch(listener -> listener.over.isDone());
    }

    private static Tool.Outcome storm() throws IOException {
        String requests = Integer.toString(REQUESTS);
        return Tool.in(STAGE.home(), Duration.ofMinutes(2))
                .run(List.of(
                        Program.AB.path(), "-q", "-r", "-s", "60", "-c", "200", "-n", requests, "http" + door() + "/"));
    }

    private static String door() {
        return "://127.0.0.1:" + STAGE.door().getPort();
    }

    /** One end of a WebSocket that speaks once. Thread-safe. */
    private record Talker(WebSocket socket, Hearing hearing) {}

    /** What comes on a WebSocket. Thread-safe. */
    private static final class Hearing implements WebSocket.Listener {
        private final CompletableFuture<String> heard = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            heard.complete(text.toString());
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            heard.completeExceptionally(new AssertionError("closed: " + status));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            heard.completeExceptionally(failure);
        }
    }

    /** Who listens to events, for as long as they come. Thread-safe. */
    private static final class Listener implements Flow.Subscriber<String> {
        private final AtomicInteger lines = new AtomicInteger();
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription to) {
            subscription.complete(to);
            to.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.addAndGet(line.isEmpty() ? 0 : 1);
        }

        @Override
        public void onError(Throwable failure) {
            over.complete(null);
        }

        @Override
        public void onComplete() {
            over.complete(null);
        }

        private void leave() {
            subscription.join().cancel();
        }
    }
}
