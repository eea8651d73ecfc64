package io.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Loopback;
import io.penstock.bench.load.StormPlan.Ask;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PacedLoadTest {
    private final LoadLoops loops = LoadLoops.start(2);
    private final TinyWebApp app = TinyWebApp.start("ann", 0);

    @AfterEach
    void close() {
        app.close();
        loops.close();
    }

    @Test
    void sendsAsManyRequestsAsTheRateSays() {
        StormReport report = run(app.address(), Ask.greeting(), 20, 1000);

        assertThat(report.samples()).isEmpty();
        assertThat(report.succeeded()).isEqualTo(500);
        assertThat(report.times().elapsed()).isGreaterThan(Duration.ofMillis(490));
    }

    @Test
    void countsTheWaitForAnIdleConnection() {
        Ask slow = new Ask("/slow?ms=50", BodyCheck.greeting());

        StormReport report = run(app.address(), slow, 1, 40);

        assertThat(report.succeeded()).isEqualTo(20);
        assertThat(report.maxMillis()).isGreaterThan(400);
    }

    @Test
    void failsEveryRequestWhenNobodyListens() {
        InetSocketAddress nobody = Loopback.at(1);

        StormReport report = run(nobody, Ask.greeting(), 5, 100);

        assertThat(report.succeeded()).isZero();
        assertThat(report.failures()).containsOnlyKeys(FailureKind.NOT_CONNECTED);
    }

    @Test
    void goesOnBesideAStalledStreamAndABulkOne() throws IOException {
        Ask much = new Ask("/bytes/10000000", BodyCheck.pattern(10_000_000));

        try (SideStream stalled = SideStream.open(loops, app.address(), much, SideStream.Kind.STALLED);
                SideStream bulk = SideStream.open(loops, app.address(), much, SideStream.Kind.BULK)) {
            assertThat(run(app.address(), Ask.greeting(), 5, 200).samples()).isEmpty();
            assertThat(stalled.isOpen()).isTrue();
            assertThat(bulk.isOpen()).isTrue();
        }
    }

    private StormReport run(InetSocketAddress target, Ask ask, int connections, int perSecond) {
        return new PacedLoad(loops).run(new PacedPlan(target, ask, connections, perSecond, Duration.ofMillis(500)));
    }
}
