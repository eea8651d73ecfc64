package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.control.StandInManager;
import io.penstock.gateway.home.ServiceState;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The foreground beside a service that answers as told. */
@Timeout(60)
class ForegroundTest {

    private static final String INTERCEPT = "{\"id\":\"i-1\",\"name\":\"checkout\",\"workload\":\"shop/checkout\","
            + "\"state\":\"%s\",\"stateReason\":{\"code\":\"%s\",\"detail\":\"%s\"},\"ports\":[],\"streams\":%s}";

    @Test
    void saysAtTheEndWhatItCameToAlsoWhenSomebodyElseEndedIt() throws IOException {
        try (StandInManager service = new StandInManager()) {
            Screens screens = Screens.live(Map.of());
            GatewayClient client = new GatewayClient(
                    new ServiceState(URI.create(service.url()).getPort(), StandInManager.TOKEN, 1, Instant.EPOCH));
            LiveScreen screen = new LiveScreen(screens.console(), Terminal.NONE, false);
            Foreground foreground = new Foreground(screens.console(), client, "i-1", screen);
            String streams = "{\"opened\":7,\"failed\":0,\"bytesToApp\":700,\"bytesFromApp\":0}";
            service.on("GET /api/v1/intercepts/i-1", 200, INTERCEPT.formatted("ACTIVE", "", "", streams));
            foreground.awaitActive();

            service.on("GET /api/v1/intercepts/i-1", 200, INTERCEPT.formatted("ENDED", "LEFT", "deleted", "{}"));
            ExitCode code = foreground.stay();

            assertThat(code).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(screens.out()).contains("It is over, LEFT: deleted: 7 streams, 0 failed, 700 B to the app");
        }
    }
}
