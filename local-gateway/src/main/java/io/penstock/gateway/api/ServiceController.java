package io.penstock.gateway.api;

import io.penstock.gateway.home.GatewayVersion;
import io.penstock.gateway.intercept.GatewayCensus;
import io.penstock.gateway.intercept.GatewayStatus;
import io.penstock.gateway.intercept.ServiceStop;
import io.penstock.gateway.intercept.ServiceUse;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The service itself over the local REST.
 *
 * <p><em>Thread-safe</em>.
 */
@RestController
@RequestMapping("/api/v1")
final class ServiceController {

    private final GatewayCensus census;
    private final ServiceStop stop;
    private final ServiceUse use;

    ServiceController(GatewayCensus census, ServiceStop stop, ServiceUse use) {
        this.census = census;
        this.stop = stop;
        this.use = use;
    }

    /** Whether the service stops. <em>Immutable</em>. */
    record Shutdown(boolean stopping) {}

    /** Which process answers, and what it has. <em>Immutable</em>. */
    record Status(String version, long pid, GatewayStatus gateway) {}

    @GetMapping("/status")
    Status status() {
        return new Status(GatewayVersion.text(), ProcessHandle.current().pid(), census.status());
    }

    @PostMapping("/shutdown")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Shutdown shutdown(
            @RequestParam(defaultValue = "false") boolean now,
            @RequestParam(defaultValue = "false") boolean unlessUsed) {
        boolean stops = !unlessUsed || use.stopIfUnused();
        if (stops) {
            stop.stop(now);
        }
        return new Shutdown(stops);
    }
}
