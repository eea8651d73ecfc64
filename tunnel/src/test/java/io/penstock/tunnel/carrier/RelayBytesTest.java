package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.carrier.RelayTester.Way;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the bytes of a pair, in each of the three ways to move them. */
final class RelayBytesTest {
    /** Blocking work, which a pool with too few threads would stop. */
    private static final Executor THREADS = task -> {
        var thread = new Thread(task, "test-io");
        thread.setDaemon(true);
        thread.start();
    };

    private static final long ENDLESS = 1L << 30;
    private static final int BULK = 64 * 1024 * 1024;

    static Stream<Way> ways() {
        return Stream.of(Way.values()).filter(Way::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void movesBulkBothWaysUnaltered(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            TestCarrier[] pair = tester.pair();

            var up = sending(pair[0], BULK, 1);
            var down = sending(pair[1], BULK, 2);
            var arrivedUp = receiving(pair[1]);
            var arrivedDown = receiving(pair[0]);

            assertThat(arrivedUp.join()).isEqualTo(up.join());
            assertThat(arrivedDown.join()).isEqualTo(down.join());
            RelayTester.await("unpaired", () -> tester.events.unpaired.get() == 1);
            assertThat(tester.events.movedFrom(LinkSide.AGENT)).isEqualTo(BULK + 2);
            assertThat(tester.events.movedFrom(LinkSide.GATEWAY)).isEqualTo(BULK + 2);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void pairsDoNotMixTheirBytes(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            List<CompletableFuture<String>> sent = new ArrayList<>();
            List<CompletableFuture<String>> arrived = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                TestCarrier[] pair = tester.pair();
                sent.add(sending(pair[0], 2 * 1024 * 1024, i));
                sent.add(sending(pair[1], 3 * 1024 * 1024, -i));
                arrived.add(receiving(pair[1]));
                arrived.add(receiving(pair[0]));
            }

            for (int i = 0; i < sent.size(); i++) {
                assertThat(arrived.get(i).join()).isEqualTo(sent.get(i).join());
            }
            RelayTester.await("all unpaired", () -> tester.relay.pairs() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void keepsTheOrderOfManySmallMessages(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            TestCarrier[] pair = tester.pair();
            var script = new Random(7);

            for (int i = 0; i < 1000; i++) {
                byte[] message = new byte[1 + script.nextInt(i % 100 == 0 ? 200_000 : 300)];
                script.nextBytes(message);
                var sent = CompletableFuture.runAsync(() -> write(pair[0].out, message), THREADS);
                assertThat(pair[1].in.readNBytes(message.length)).isEqualTo(message);
                sent.join();
                pair[1].out.write(message, 0, 1);
                assertThat(pair[0].in.readByte()).isEqualTo(message[0]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void forwardsWhatCameTogetherWithTheJoin(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            LinkId link = tester.newLink();
            TestCarrier gateway = tester.dial();
            gateway.sendJoin(tester.tokens.issue(link, LinkSide.GATEWAY), bytes("early gateway"));
            TestCarrier agent = tester.dial();
            agent.sendJoin(tester.tokens.issue(link, LinkSide.AGENT), bytes("early agent"));

            agent.expectPaired();
            gateway.expectPaired();

            assertThat(agent.receive(13)).isEqualTo("early gateway");
            assertThat(gateway.receive(11)).isEqualTo("early agent");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aHalfCloseEndsOneDirectionOnly(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            for (int first = 0; first < 2; first++) {
                TestCarrier[] pair = tester.pair();
                TestCarrier ended = pair[first];
                TestCarrier other = pair[1 - first];

                ended.send("last words");
                ended.socket.shutdownOutput();
                assertThat(new String(other.in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("last words");
                for (int i = 0; i < 100; i++) {
                    other.send("still here");
                    assertThat(ended.receive(10)).isEqualTo("still here");
                }
                other.socket.shutdownOutput();
                assertThat(ended.in.read()).isEqualTo(-1);
            }
            RelayTester.await("both unpaired", () -> tester.events.unpaired.get() == 2);
            assertThat(tester.relay.pairs()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aResetStaysAReset(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            for (int first = 0; first < 2; first++) {
                TestCarrier[] pair = tester.pair();
                pair[first].send("half a body");
                assertThat(pair[1 - first].receive(11)).isEqualTo("half a body");

                pair[first].reset();

                TestCarrier survivor = pair[1 - first];
                assertThatThrownBy(() -> survivor.in.read()).isInstanceOf(SocketException.class);
            }
            RelayTester.await("both unpaired", () -> tester.events.unpaired.get() == 2);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aResetIsSeenBehindAStuckReader(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            TestCarrier[] pair = tester.pair();
            var writer = new EndlessWriter(pair[0]);
            writer.awaitStuck();

            pair[1].reset();

            assertThatThrownBy(writer.done::join).hasRootCauseInstanceOf(SocketException.class);
            RelayTester.await("unpaired", () -> tester.events.unpaired.get() == 1);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aReaderThatDoesNotReadStopsTheSenderOnly(Way way) throws Exception {
        try (var tester = new RelayTester(way)) {
            TestCarrier[] stuck = tester.pair();
            TestCarrier[] lively = tester.pair();
            long direct = RelayTester.directMemory();

            var writer = new EndlessWriter(stuck[0]);
            writer.awaitStuck();

            assertThat(writer.done).isNotDone();
            assertThat(RelayTester.directMemory() - direct).isLessThanOrEqualTo(4 * 1024 * 1024);
            lively[0].send("not disturbed");
            assertThat(lively[1].receive(13)).isEqualTo("not disturbed");
            stuck[1].send("other way too");
            assertThat(stuck[0].receive(13)).isEqualTo("other way too");
        }
    }

    /** Writes from another thread for as long as anything goes out. */
    private static final class EndlessWriter {
        final CompletableFuture<Void> done;
        private final AtomicLong sent = new AtomicLong();

        EndlessWriter(TestCarrier sender) {
            byte[] part = new byte[64 * 1024];
            done = CompletableFuture.runAsync(
                    () -> {
                        while (sent.get() < ENDLESS) {
                            write(sender.out, part);
                            sent.addAndGet(part.length);
                        }
                    },
                    THREADS);
        }

        void awaitStuck() {
            RelayTester.awaitRest("what is sent", sent::get);
        }
    }

    private static CompletableFuture<String> sending(TestCarrier from, int length, long seed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var random = new Random(seed);
                    MessageDigest digest = sha256();
                    byte[] part = new byte[64 * 1024];
                    for (int left = length; left > 0; left -= part.length) {
                        random.nextBytes(part);
                        digest.update(part);
                        write(from.out, part);
                    }
                    shutdown(from);
                    return hex(digest);
                },
                THREADS);
    }

    private static CompletableFuture<String> receiving(TestCarrier at) {
        return CompletableFuture.supplyAsync(
                () -> {
                    MessageDigest digest = sha256();
                    byte[] part = new byte[64 * 1024];
                    for (int n = read(at.in, part); n >= 0; n = read(at.in, part)) {
                        digest.update(part, 0, n);
                    }
                    return hex(digest);
                },
                THREADS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(OutputStream out, byte[] part) {
        try {
            out.write(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int read(InputStream in, byte[] part) {
        try {
            return in.read(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void shutdown(TestCarrier carrier) {
        try {
            carrier.socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
