package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.control.StandInManager;
import io.penstock.gateway.home.PenstockHome;
import io.penstock.gateway.home.ServiceState;
import io.penstock.gateway.home.StateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The foreground beside a service that answers as told. */
@Timeout(60)
class ForegroundTest {

    private static final String INTERCEPT = "{\"id\":\"i-1\",\"name\":\"checkout\",\"workload\":\"shop/checkout\","
            + "\"state\":\"%s\",\"stateReason\":{\"code\":\"%s\",\"detail\":\"%s\"},\"ports\":[],\"streams\":%s}";

    @TempDir
    Path home = Path.of("");

    private Screens screens = Screens.live(Map.of());

    @BeforeEach
    void makeScreens() {
        screens = Screens.live(Map.of(PenstockHome.VARIABLE, home.toString()));
    }

    @Test
    void saysAtTheEndWhatItCameToAlsoWhenSomebodyElseEndedIt() throws IOException {
        try (StandInManager service = new StandInManager()) {
            Foreground foreground = activeAt(service);

            service.on("GET /api/v1/intercepts/i-1", 200, INTERCEPT.formatted("ENDED", "LEFT", "deleted", "{}"));
            ExitCode code = foreground.stay();

            assertThat(code).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(screens.out()).contains("It is over, LEFT: deleted: 7 streams, 0 failed, 700 B to the app");
        }
    }

    @Test
    void endsInOneSentenceWhenTheServiceSaysThatItStops() throws IOException {
        try (StandInManager service = new StandInManager()) {
            Foreground foreground = activeAt(service);

            service.on("GET /api/v1/intercepts/i-1", 503, StandInManager.problem("gateway-stopping", 503, "stopping"));
            ExitCode code = foreground.stay();

            assertThat(code).isEqualTo(ExitCode.OK);
            assertThat(screens.out())
                    .contains(
                            "The gateway service has been stopped, and the intercept left with it: 7 streams, 0 failed");
        }
    }

    @Test
    void endsInOneSentenceWhenTheServiceIsGoneWithItsStateFile() throws IOException {
        StandInManager service = new StandInManager();
        Foreground foreground = activeAt(service);

        service.close();
        ExitCode code = foreground.stay();

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(screens.out()).contains("The gateway service has been stopped");
    }

    @Test
    void failsWhenTheServiceWasKilledAndLeftItsStateFile() throws IOException {
        StandInManager service = new StandInManager();
        Foreground foreground = activeAt(service);
        new StateFile(new PenstockHome(home).create()).write(stateOf(service));

        service.close();

        assertThatThrownBy(foreground::stay)
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.GATEWAY_FAILED))
                .hasMessageContaining("does not answer");
    }

    private Foreground activeAt(StandInManager service) {
        LiveScreen screen = new LiveScreen(screens.console(), Terminal.NONE, false);
        Foreground foreground = new Foreground(screens.console(), new GatewayClient(stateOf(service)), "i-1", screen);
        String streams = "{\"opened\":7,\"failed\":0,\"bytesToApp\":700,\"bytesFromApp\":0}";
        service.on("GET /api/v1/intercepts/i-1", 200, INTERCEPT.formatted("ACTIVE", "", "", streams));
        foreground.awaitActive();
        return foreground;
    }

    private static ServiceState stateOf(StandInManager service) {
        return new ServiceState(URI.create(service.url()).getPort(), StandInManager.TOKEN, 1, Instant.EPOCH);
    }
}
