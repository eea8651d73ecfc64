package io.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StormTest {
    private final LoadLoops loops = LoadLoops.start(2);
    private final TinyWebApp app = TinyWebApp.start("ann", 0);
    private final Storm storm = new Storm(loops);

    @AfterEach
    void close() {
        app.close();
        loops.close();
    }

    @Test
    void losesNothingOfManyConnectionsAtOnce() {
        List<Long> rounds = new ArrayList<>();

        StormReport report = storm.run(
                StormPlan.shortConnections(app.address(), 500, 3), (round, one) -> rounds.add(one.requests()));

        assertThat(report.samples()).isEmpty();
        assertThat(report.answeredBy()).isEqualTo(Map.of("ann", 1500L));
        assertThat(rounds).containsExactly(500L, 500L, 500L);
        assertThat(report.times().lastByte()).isPositive();
    }

    @Test
    void losesNothingOfKeptConnections() {
        StormReport report = storm.run(StormPlan.keptConnections(app.address(), 20, 1, 50));

        assertThat(report.samples()).isEmpty();
        assertThat(report.succeeded()).isEqualTo(1000);
    }

    @Test
    void checksLongBodiesToTheLastByte() {
        StormPlan plan = StormPlan.keptConnections(app.address(), 4, 1, 2)
                .asking("/bytes/3000000", BodyCheck.pattern(3_000_000));

        assertThat(storm.run(plan).samples()).isEmpty();
    }

    @Test
    void bindsSourcesInTurnAndReusesTheirPorts() {
        List<InetSocketAddress> sources = new ArrayList<>();
        for (int host = 2; host < 6; host++) {
            sources.add(Loopback.at(host, freePort()));
        }

        StormReport report =
                storm.run(StormPlan.shortConnections(app.address(), 4, 50).from(sources));

        assertThat(report.samples()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"reset,RESET", "short,SHORT", "altered,ALTERED"})
    void seesBodiesThatEndWrong(String breakage, FailureKind expected) {
        StormPlan plan = StormPlan.shortConnections(app.address(), 10, 1)
                .asking("/broken/" + breakage + "/400000", BodyCheck.pattern(400_000));

        StormReport report = storm.run(plan);

        assertThat(report.failures()).isEqualTo(Map.of(expected, 10L));
        assertThat(report.succeeded()).isZero();
    }

    @Test
    void seesAnotherStatus() {
        StormPlan plan = StormPlan.keptConnections(app.address(), 2, 1, 5).asking("/nowhere", BodyCheck.anything());

        assertThat(storm.run(plan).failures()).isEqualTo(Map.of(FailureKind.STATUS, 10L));
    }

    @Test
    void seesAnAnswerThatIsTooLate() {
        StormPlan plan = StormPlan.shortConnections(app.address(), 3, 1)
                .asking("/slow?ms=60000", BodyCheck.greeting())
                .within(Duration.ofMillis(300));

        assertThat(storm.run(plan).failures()).isEqualTo(Map.of(FailureKind.TIMED_OUT, 3L));
    }

    @Test
    void seesThatNobodyListens() {
        InetSocketAddress nobody = Loopback.at(freePort());

        StormReport report = storm.run(StormPlan.shortConnections(nobody, 3, 1));

        assertThat(report.failures()).isEqualTo(Map.of(FailureKind.NOT_CONNECTED, 3L));
        assertThat(report.samples()).first().asString().contains("refused");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
