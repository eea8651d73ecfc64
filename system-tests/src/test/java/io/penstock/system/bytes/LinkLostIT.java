package io.penstock.system.bytes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.RawCaller;
import io.penstock.system.stage.RawCaller.Ending;
import io.penstock.system.stage.RawCaller.Received;
import io.penstock.system.stage.Scrape;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The other half of B4: a link that is lost in the middle of bodies resets them, whether its gateway is gone or its carrier stays
 * away for longer than the grace; and the original app has what comes afterwards.
 */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkLostIT {
    private static final long BODY = 1_000_000_000;
    private static final int CALLERS = 20;
    // Longer than a gateway needs to be lost, and its links to be given up 5 s later: each test has its own reason for
    // the end.
    private static final String GRACE = "9s";

    @RegisterExtension
    static final Stage STAGE = Stage.relayedOverFaultyNetwork()
            .with((plan, home) -> plan.withAgent(List.of("--resume-grace", GRACE)))
            .withGateway("--penstock.gateway.link.resume-grace=" + GRACE)
            .withManager("--penstock.manager.lease.duration=2s");

    @Test
    void resetsBodiesThatTheKilledGatewayWasSending() throws IOException {
        String id = STAGE.stack().intercept(STAGE.laptop());
        List<RawCaller> callers = downloads();

        STAGE.stack().gateway().process().kill();

        requireResets(callers);
        requireThatTheOriginalAppAnswers();
        STAGE.stack().awaitState(id, "SUSPENDED");
        STAGE.stack().startGatewayAnew();
    }

    @Test
    void resetsBodiesBothWaysWhoseCarrierStaysAway() throws IOException {
        try (Diversion diversion = STAGE.divert(STAGE.laptop())) {
            List<RawCaller> callers = downloads();
            try (RawCaller upload = RawCaller.dial(STAGE.door())) {
                upload.say("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY + "\r\n\r\n");
                RawCaller.sendPattern(upload.out(), 10_000);

                assertThat(STAGE.network().breakDown()).isPositive();

                assertThatThrownBy(() -> RawCaller.sendPattern(upload.out(), BODY))
                        .isInstanceOf(SocketException.class);
            }
            requireResets(callers);
            requireThatTheOriginalAppAnswers();
            requireThatALinkWasLost(STAGE.stack().agent());
            requireThatALinkWasLost(STAGE.stack().gateway());

            STAGE.network().repair();
            STAGE.awaitAnswersBy(Stage.LAPTOP);
            assertThat(diversion.state()).isEqualTo("ACTIVE");
        }
        STAGE.requireNoStreams();
    }

    private static List<RawCaller> downloads() throws IOException {
        List<RawCaller> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            RawCaller caller = RawCaller.dial(STAGE.door());
            caller.say("GET /bytes/" + BODY + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(caller.in().readNBytes(10_000)).hasSize(10_000);
            callers.add(caller);
        }
        return callers;
    }

    private static void requireResets(List<RawCaller> callers) throws IOException {
        for (RawCaller caller : callers) {
            Received received = caller.readToEnd();
            assertThat(received.ending()).as("after %d bytes", received.bytes()).isEqualTo(Ending.RESET);
            caller.close();
        }
    }

    private static void requireThatALinkWasLost(ServiceProcess service) throws IOException {
        assertThat(Scrape.of(service).sum("penstock_links_closed_total", "code=\"link_lost\""))
                .as(service.process().name())
                .isPositive();
    }

    private static void requireThatTheOriginalAppAnswers() {
        StormReport report = STAGE.storm().run(StormPlan.shortConnections(STAGE.door(), 200, 2));

        assertThat(report.failed()).as("%s", report.samples()).isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.CLUSTER, 400L));
    }
}
