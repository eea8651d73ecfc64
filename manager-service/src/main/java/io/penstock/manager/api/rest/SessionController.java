package io.penstock.manager.api.rest;

import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.ControlPlane;
import io.penstock.manager.session.LeasePolicy;
import io.penstock.manager.session.Session;
import io.penstock.manager.session.SessionId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sessions over REST.
 *
 * <p><em>Thread-safe</em>.
 */
@RestController
@RequestMapping(path = "/api/v1/sessions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "sessions", description = "The leased presence of gateways.")
final class SessionController {
    private final ControlLoop loop;
    private final ControlPlane plane;
    private final LeasePolicy lease;
    private final ControlAddress control;

    SessionController(ControlLoop loop, ControlPlane plane, LeasePolicy lease, ControlAddress control) {
        this.loop = loop;
        this.plane = plane;
        this.lease = lease;
        this.control = control;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createSession",
            summary = "Makes a session; the gateway then attaches to its control address within the lease.")
    @ApiResponse(responseCode = "201", description = "The session.", useReturnTypeSchema = true)
    @Problems({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.INVALID_FIELD,
        ProblemType.LIMIT_REACHED,
        ProblemType.STORE_UNAVAILABLE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.BODY_TOO_LARGE
    })
    ResponseEntity<SessionResource> create(@RequestBody SessionRequest request) {
        var identity = request.identity();
        SessionResource made = show(loop.call(() -> plane.arrive(identity)));
        return ResponseEntity.created(URI.create("/api/v1/sessions/" + made.id()))
                .body(made);
    }

    @GetMapping
    @Operation(operationId = "listSessions", summary = "Lists sessions, oldest first.")
    @Problems(ProblemType.INVALID_FIELD)
    Items<SessionResource> list(@RequestParam(defaultValue = Items.DEFAULT_LIMIT) int limit) {
        return Items.first(limit, loop.call(plane::sessions), this::show);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readSession", summary = "Shows one session.")
    @Problems(ProblemType.UNKNOWN_SESSION)
    SessionResource read(@PathVariable String id) {
        return show(loop.call(() -> plane.session(new SessionId(id))));
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "departSession",
            summary = "Makes a session depart: its intercepts drain and end, then it is gone.")
    @ApiResponse(responseCode = "204", description = "The session departs.")
    @Problems({ProblemType.UNKNOWN_SESSION, ProblemType.STORE_UNAVAILABLE})
    ResponseEntity<Void> depart(@PathVariable String id) {
        loop.call(() -> {
            plane.depart(new SessionId(id));
            return true;
        });
        return ResponseEntity.noContent().build();
    }

    private SessionResource show(Session session) {
        return SessionResource.of(
                session,
                new SessionResource.Control(control.get()),
                lease.lease().toMillis());
    }
}
