package io.penstock.manager.api.rest;

import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.InterceptSpec;
import io.penstock.manager.plane.ControlLoop;
import io.penstock.manager.plane.ControlPlane;
import io.penstock.manager.plane.InterceptView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
 * Intercepts over REST.
 *
 * <p><em>Thread-safe</em>.
 */
@RestController
@RequestMapping(path = "/api/v1/intercepts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "intercepts", description = "Rules that divert a workload's traffic to a session.")
final class InterceptController {
    private final ControlLoop loop;
    private final ControlPlane plane;

    InterceptController(ControlLoop loop, ControlPlane plane) {
        this.loop = loop;
        this.plane = plane;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "createIntercept", summary = "Makes an intercept; it is PENDING until an agent diverts.")
    @Problems({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.INVALID_FIELD,
        ProblemType.UNKNOWN_SESSION,
        ProblemType.UNKNOWN_WORKLOAD,
        ProblemType.CONFLICT,
        ProblemType.LIMIT_REACHED,
        ProblemType.STORE_UNAVAILABLE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.BODY_TOO_LARGE
    })
    ResponseEntity<InterceptResource> create(@RequestBody InterceptRequest request) {
        InterceptSpec wanted = request.spec();
        var made = InterceptResource.of(loop.call(() -> plane.create(wanted)));
        return ResponseEntity.created(URI.create("/api/v1/intercepts/" + made.id()))
                .body(made);
    }

    @GetMapping
    @Operation(
            operationId = "listIntercepts",
            summary = "Lists intercepts: running ones, oldest first, then ended ones, newest first.")
    @Problems(ProblemType.INVALID_FIELD)
    Items<InterceptResource> list(@RequestParam(defaultValue = Items.DEFAULT_LIMIT) int limit) {
        return Items.first(limit, runningFirst(loop.call(plane::intercepts)), InterceptResource::of);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readIntercept", summary = "Shows one intercept; an ended one for a while.")
    @Problems(ProblemType.UNKNOWN_INTERCEPT)
    InterceptResource read(@PathVariable String id) {
        return InterceptResource.of(loop.call(() -> plane.intercept(new InterceptId(id))));
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "leaveIntercept",
            summary = "Makes an intercept drain: running streams finish, new connections go to the app. Idempotent.")
    @ApiResponse(responseCode = "202", description = "The intercept, draining.", useReturnTypeSchema = true)
    @Problems({ProblemType.UNKNOWN_INTERCEPT, ProblemType.STORE_UNAVAILABLE})
    ResponseEntity<InterceptResource> leave(@PathVariable String id) {
        return ResponseEntity.accepted().body(InterceptResource.of(loop.call(() -> plane.leave(new InterceptId(id)))));
    }

    private static List<InterceptView> runningFirst(List<InterceptView> oldestFirst) {
        List<InterceptView> ended = new ArrayList<>();
        List<InterceptView> sorted = new ArrayList<>();
        oldestFirst.forEach(each -> (each.intercept().state().isOver() ? ended : sorted).add(each));
        Collections.reverse(ended);
        sorted.addAll(ended);
        return sorted;
    }
}
