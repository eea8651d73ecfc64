package io.penstock.gateway.api;

import io.penstock.gateway.intercept.GatewayCensus;
import io.penstock.gateway.intercept.GatewayStatus;
import io.penstock.gateway.intercept.InterceptDesk;
import io.penstock.gateway.intercept.InterceptView;
import io.penstock.gateway.intercept.LeaveDesk;
import io.penstock.gateway.intercept.ServiceUse;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Intercepts over the local REST.
 *
 * <p><em>Thread-safe</em>.
 */
@RestController
@RequestMapping("/api/v1/intercepts")
final class InterceptController {

    private final InterceptDesk desk;
    private final LeaveDesk leaving;
    private final GatewayCensus census;
    private final ServiceUse use;

    InterceptController(InterceptDesk desk, LeaveDesk leaving, GatewayCensus census, ServiceUse use) {
        this.desk = desk;
        this.leaving = leaving;
        this.census = census;
        this.use = use;
    }

    /** A list in an object, so that fields can be added beside it. <em>Immutable</em>. */
    record Items(List<InterceptView> items) {}

    /** This gateway's, with the manager whose word on them it is, and what carries them. <em>Immutable</em>. */
    record Ours(List<InterceptView> items, GatewayStatus.Manager manager, GatewayStatus.Links links) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    InterceptView open(@RequestBody InterceptRequest request) {
        return use.making(() -> desk.open(request.toWish()));
    }

    @GetMapping
    Ours list() {
        GatewayStatus now = census.status();
        return new Ours(desk.list(), now.manager(), now.links());
    }

    /** Everybody's intercepts at a manager. */
    @PostMapping("/search")
    Items search(@RequestBody InterceptRequest.ManagerDoor manager) {
        return new Items(use.during(() -> desk.listAll(manager.toRef())));
    }

    @GetMapping("/{nameOrId}")
    InterceptView find(@PathVariable String nameOrId) {
        return use.during(() -> desk.find(nameOrId));
    }

    @DeleteMapping("/{nameOrId}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    InterceptView leave(@PathVariable String nameOrId) {
        return use.during(() -> leaving.leave(nameOrId, Optional.empty())).intercept();
    }

    /** The same, also while this gateway is with no manager. */
    @PostMapping("/leave")
    LeaveDesk.Left leave(@RequestBody InterceptRequest.Leaving request) {
        return use.during(() -> leaving.leave(request.name(), Optional.of(request.manager())));
    }
}
