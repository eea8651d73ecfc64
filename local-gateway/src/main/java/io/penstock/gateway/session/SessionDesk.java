package io.penstock.gateway.session;

import java.util.concurrent.CompletableFuture;

/**
 * Where sessions are made and given back. Each future ends within the request time-out; failures are a
 * {@link io.penstock.gateway.problem.GatewayProblem}.
 *
 * <p><em>Thread-safe</em>.
 */
public interface SessionDesk {

    CompletableFuture<Membership> arrive(ManagerRef manager);

    /** Gives the session back; its intercepts drain and end. */
    CompletableFuture<?> depart(Membership membership);
}
