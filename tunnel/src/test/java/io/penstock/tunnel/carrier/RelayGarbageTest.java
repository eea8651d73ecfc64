package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.carrier.RelayTester.Way;
import io.penstock.tunnel.link.LinkSide;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections from people who mean no good, or nothing at all. */
final class RelayGarbageTest {
    private static final int CONNECTIONS = 10_000;

    static Stream<Way> ways() {
        return Stream.of(Way.SPLICE, Way.NIO_COPY).filter(Way::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void leavesNothingBehind(Way way) throws Exception {
        try (var tester = new RelayTester(way, RelayTester.deadlines(Duration.ofSeconds(5), Duration.ofSeconds(1)))) {
            TestCarrier[] bystanders = tester.pair();
            garbage(tester, new Random(1), 500);
            RelayTester.await("quiet", () -> tester.relay.joining() == 0 && tester.relay.waiting() == 0);
            int descriptors = openDescriptors();
            long direct = RelayTester.directMemory();

            garbage(tester, new Random(2), CONNECTIONS);

            RelayTester.await("nobody left", () -> tester.relay.joining() == 0 && tester.relay.waiting() == 0);
            RelayTester.await("descriptors back", () -> openDescriptors() <= descriptors + 2);
            assertThat(RelayTester.directMemory() - direct).isLessThanOrEqualTo(4 * 1024 * 1024);
            assertThat(tester.relay.pairs()).isOne();
            bystanders[0].send("undisturbed");
            assertThat(bystanders[1].receive(11)).isEqualTo("undisturbed");
        }
    }

    private static void garbage(RelayTester tester, Random random, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            try (TestCarrier carrier = tester.dial()) {
                disturb(tester, carrier, random);
                if (random.nextBoolean()) {
                    carrier.socket.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                assertThat(e).as("the relay may reset at any time").hasMessageMatching("(?i).*(reset|broken pipe).*");
            }
        }
    }

    private static void disturb(RelayTester tester, TestCarrier carrier, Random random) throws IOException {
        byte[] noise = new byte[1 + random.nextInt(700)];
        random.nextBytes(noise);
        noise[0] = 'x'; // refused at once, so that case 4 need not wait for the deadline
        switch (random.nextInt(6)) {
            case 0 -> carrier.out.write(noise);
            case 1 -> carrier.sendJoin(new byte[1 + random.nextInt(512)], noise);
            case 2 -> carrier.out.write("PNSK\1\1\2".getBytes(StandardCharsets.ISO_8859_1));
            case 3 -> carrier.sendJoin(tester.tokens.issue(tester.newLink(), LinkSide.AGENT), noise);
            case 4 -> {
                carrier.out.write(noise);
                carrier.in.read();
            }
            default -> carrier.socket.shutdownOutput();
        }
    }

    private static int openDescriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
