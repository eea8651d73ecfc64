package io.penstock.system.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.peers.Program;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.RawApp;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F6: the developer's app restarts, and nobody who calls meanwhile is told. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoldIT {
    private static final int ROOM = 16;
    private static final int KEPT = 50;
    private static final int NEW = 10;
    private static final Duration CLOSED = Duration.ofSeconds(5);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @RegisterExtension
    static final Stage STAGE = Stage.relayed().withGateway("--penstock.gateway.dial.hold-limit=" + ROOM);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    @NeedsPeers({Program.WRK, Program.AB})
    void losesNothingWhileTheAppRestarts() throws Exception {
        try (RawApp app = RawApp.start(this::serve);
                Diversion diversion = STAGE.divert(app.address(), "HOLD 60s")) {
            double before = holds("went_through");
            double elsewhere = failedOpen();
            Future<Tool.Outcome> wrk = threads.submit(() -> tool().run(wrk()));
            Future<Tool.Outcome> ab = threads.submit(() -> tool().run(ab()));
            Awaitility.await().until(() -> answered.get() > 2000);

            closeBetweenTwoAnswers(app);
            Awaitility.await().until(() -> held() == NEW);
            int sofar = answered.get();
            Deadline.in(CLOSED).elapse();
            assertThat(held()).isEqualTo(NEW);
            assertThat(answered.get()).as("kept connections go on").isGreaterThan(sofar);
            app.listenAgain();

            requireThatWrkLostNothing(wrk.get());
            requireThatAbLostNothing(ab.get());
            // More than those: who comes while another loop still waits for its probe joins the others there.
            assertThat(holds("went_through") - before).isGreaterThanOrEqualTo(NEW);
            assertThat(held()).isZero();
            assertThat(failedOpen()).isEqualTo(elsewhere);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
        STAGE.requireNoStreams();
    }

    @Test
    void letsTheOriginalAppAnswerTheOneThatIsTooMany() throws IOException {
        List<RawCaller> waiting = new ArrayList<>();
        try (RawApp app = RawApp.start(this::serve);
                Diversion diversion = STAGE.divert(app.address(), "HOLD 60s")) {
            app.stopListening();
            for (int i = 0; i < ROOM; i++) {
                waiting.add(RawCaller.dial(STAGE.door()).say(REQUEST));
            }
            Awaitility.await().until(() -> held() == ROOM && heldBytes() == (long) ROOM * REQUEST.length());

            StormReport tooMany = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 1, 3));

            assertThat(tooMany.answeredBy()).isEqualTo(Map.of(Stage.CLUSTER, 3L));
            assertThat(held()).isEqualTo(ROOM);
            assertThat(STAGE.stack()
                            .gateway()
                            .actuator()
                            .get("/api/v1/intercepts")
                            .text())
                    .contains("\"held\":" + ROOM);
            app.listenAgain();
            for (RawCaller caller : waiting) {
                assertThat(new String(caller.in().readAllBytes(), ISO_8859_1)).contains("\r\n\r\nheld");
                caller.close();
            }
            Awaitility.await().until(() -> diversion.stats().path("failedOpen").asLong() == 3);
        }
        STAGE.requireNoStreams();
    }

    @Test
    void endsEachHoldAsThePolicySays() throws IOException {
        InetSocketAddress nobody = STAGE.ports().nextAddress();
        try (Diversion diversion = STAGE.divert(nobody, "HOLD 300ms")) {
            StormReport report = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 10, 2));

            assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.CLUSTER, 20L));
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
        try (Diversion diversion = STAGE.divert(nobody, "HOLD 300ms then REJECT");
                RawCaller caller = RawCaller.dial(STAGE.door()).say(REQUEST)) {
            assertThat(caller.readToEnd().ending()).isEqualTo(RawCaller.Ending.RESET);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
        STAGE.requireNoStreams();
    }

    @Test
    void answersThoseWhoWaitAtOnceWhenTheInterceptIsLeft() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.ports().nextAddress(), "HOLD 5m then REJECT");
                RawCaller caller = RawCaller.dial(STAGE.door()).say(REQUEST)) {
            Awaitility.await().until(() -> held() == 1);

            STAGE.stack().leave(diversion.id());

            assertThat(new String(caller.in().readAllBytes(), ISO_8859_1)).containsIgnoringCase(Stage.CLUSTER);
        }
        STAGE.requireNoStreams();
    }

    /** A port that closes with connections in its backlog resets them, whoever calls; so everybody has one open first. */
    private void closeBetweenTwoAnswers(RawApp app) throws IOException {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        Awaitility.await().until(() -> asked.get() - answered.get() == KEPT + NEW);
        app.stopListening();
        closed.countDown();
    }

    private void serve(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder request = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            request.append((char) next);
            if (request.length() > 3 && request.lastIndexOf("\r\n\r\n") == request.length() - 4) {
                boolean last = request.indexOf("HTTP/1.0") > 0 || request.indexOf("close") > 0;
                answer(connection);
                if (last) {
                    return;
                }
                request.setLength(0);
            }
        }
    }

    private void answer(Socket connection) throws IOException {
        asked.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
        connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nheld".getBytes(ISO_8859_1));
        answered.incrementAndGet();
    }

    private static void requireThatWrkLostNothing(Tool.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.number("(\\d+) requests in")).as(outcome.output()).isPositive();
        assertThat(outcome.output()).doesNotContain("Socket errors", "Non-2xx");
    }

    private static void requireThatAbLostNothing(Tool.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.number("Complete requests:\\s+(\\d+)"))
                .as(outcome.output())
                .isPositive();
        assertThat(outcome.output()).containsPattern("Failed requests:\\s+0\\b").doesNotContain("Non-2xx");
    }

    private static List<String> wrk() throws IOException {
        String kept = Integer.toString(KEPT);
        return List.of(Program.WRK.path(), "-t", "1", "-c", kept, "-d", "14s", "--timeout", "60s", url());
    }

    private static List<String> ab() throws IOException {
        String concurrent = Integer.toString(NEW);
        return List.of(Program.AB.path(), "-q", "-r", "-s", "60", "-t", "14", "-n", "1000000", "-c", concurrent, url());
    }

    private static double held() throws IOException {
        return Scrape.of(STAGE.stack().gateway()).sum("penstock_gateway_held_streams");
    }

    private static double heldBytes() throws IOException {
        return Scrape.of(STAGE.stack().gateway()).sum("penstock_gateway_held_bytes");
    }

    private static double holds(String outcome) throws IOException {
        return Scrape.of(STAGE.stack().gateway()).sum("penstock_gateway_holds_total", "outcome=\"" + outcome + "\"");
    }

    private static double failedOpen() throws IOException {
        return Scrape.of(STAGE.stack().agent()).sum("penstock_agent_connections_failed_open_total");
    }

    private static Tool tool() {
        return Tool.in(STAGE.home(), Duration.ofMinutes(2));
    }

    private static String url() {
        return "http://127.0.0.1:" + STAGE.door().getPort() + "/";
    }
}
