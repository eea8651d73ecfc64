package io.penstock.system.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.peers.Program;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.NeedsPeers;
import io.penstock.system.stage.RawApp;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.RawCaller.Ending;
import io.penstock.system.stage.RawCaller.Received;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B3 and the first half of B4: a FIN ends one direction only, and a reset never looks like one. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HalfCloseIT {
    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, 5_000_000})
    void answersAfterTheCallerHasSaidItsLast(int length) throws IOException {
        try (RawApp app = RawApp.start(HalfCloseIT::echoAfterTheEnd);
                Diversion diversion = STAGE.divert(app.address());
                RawCaller caller = RawCaller.dial(STAGE.door())) {
            RawCaller.sendPattern(caller.out(), length);
            caller.halfClose();

            byte[] answer = caller.in().readAllBytes();

            assertThat(answer).isEqualTo(pattern(length));
            assertThat(diversion.stats().path("failedOpen").asLong()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5_000_000})
    void listensAfterTheAppHasSaidItsLast(int length) throws Exception {
        CompletableFuture<byte[]> heard = new CompletableFuture<>();
        RawApp.Script script = connection -> {
            connection.getOutputStream().write("done\n".getBytes(US_ASCII));
            connection.shutdownOutput();
            heard.complete(connection.getInputStream().readAllBytes());
        };

        try (RawApp app = RawApp.start(script);
                Diversion diversion = STAGE.divert(app.address());
                RawCaller caller = RawCaller.dial(STAGE.door())) {
            assertThat(caller.in().readAllBytes()).asString().isEqualTo("done\n");
            RawCaller.sendPattern(caller.out(), length);
            caller.halfClose();

            assertThat(heard.get(60, SECONDS)).isEqualTo(pattern(length));
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    @Test
    @NeedsPeers(Program.NC)
    void answersNetcatAfterItsFin() throws IOException {
        Path sent = STAGE.home().resolve("sent");
        Path heard = STAGE.home().resolve("heard");
        Files.write(sent, pattern(3_000_000));
        String command =
                Program.NC.path() + " -N -w 60 127.0.0.1 " + STAGE.door().getPort() + " < " + sent + " > " + heard;

        try (RawApp app = RawApp.start(HalfCloseIT::echoAfterTheEnd);
                Diversion diversion = STAGE.divert(app.address())) {
            Tool.Outcome outcome = Tool.in(STAGE.home(), Duration.ofSeconds(90)).run(List.of("/bin/sh", "-c", command));

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            assertThat(Files.mismatch(sent, heard)).isEqualTo(-1);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    @Test
    void passesOnTheAppsResetInTheMiddleOfABody() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            for (int i = 0; i < 20; i++) {
                Received received = ask("/broken/reset/1000000");

                assertThat(received.ending())
                        .as("after %d bytes", received.bytes())
                        .isEqualTo(Ending.RESET);
            }
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    @Test
    void passesOnTheAppsCleanEndWhereverItIs() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            Received received = ask("/broken/short/1000000");

            assertThat(received.ending()).isEqualTo(Ending.CLEAN);
            assertThat(received.bytes()).isGreaterThan(500_000).isLessThan(501_000);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    /** Some callers are gone before the app was dialled, some while it is, some afterwards. */
    @Test
    void passesOnTheCallersResetToTheAppWheneverItComes() throws IOException {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger reset = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        RawApp.Script script = connection -> {
            taken.incrementAndGet();
            reset.addAndGet(endsInReset(connection) ? 1 : 0);
            ended.incrementAndGet();
        };

        try (RawApp app = RawApp.start(script);
                Diversion diversion = STAGE.divert(app.address())) {
            for (int i = 0; i < 200; i++) {
                RawCaller.dial(STAGE.door()).say("half a request").abrupt().close();
            }

            STAGE.requireNoStreams();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ended.get()).isPositive().isEqualTo(taken.get()));
            assertThat(reset.get()).as("resets of %s connections", taken).isEqualTo(taken.get());
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
    }

    private static boolean endsInReset(Socket connection) {
        try {
            connection.getInputStream().readAllBytes();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static Received ask(String path) throws IOException {
        try (RawCaller caller = RawCaller.dial(STAGE.door())) {
            return caller.say("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .readToEnd();
        }
    }

    private static void echoAfterTheEnd(Socket connection) throws IOException {
        byte[] all = connection.getInputStream().readAllBytes();
        OutputStream out = connection.getOutputStream();
        out.write(all);
        connection.shutdownOutput();
    }

    private static byte[] pattern(int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
        RawCaller.sendPattern(bytes, length);
        return bytes.toByteArray();
    }
}
