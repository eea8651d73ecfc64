package io.penstock.agent.divert;

import io.netty.channel.Channel;
import io.penstock.agent.route.DivertRule;
import io.penstock.agent.route.FailurePolicy;
import io.penstock.agent.route.LoopRoutes;
import io.penstock.agent.route.RouteDecision;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.relay.Dialer;

/**
 * What becomes of the callers of one captured port on one event loop.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class CallerRouting {

    private final int port;
    private final LoopRoutes routes;
    private final Dialer app;
    private final DivertTerms terms;

    /**
     * @param port the captured port, as intercepts name it
     * @param app dials the original app from this loop
     */
    public CallerRouting(int port, LoopRoutes routes, Dialer app, DivertTerms terms) {
        this.port = port;
        this.routes = routes;
        this.app = app;
        this.terms = terms;
    }

    /** A caller's connection was accepted and registered with this loop; it is not read yet. */
    public void onConnection(Channel connection) {
        terms.counts().onAccepted(connection);
        route(new Caller(connection, terms.budget()));
    }

    void route(Caller caller) {
        RouteDecision decision = routes.decide(port);
        if (decision instanceof RouteDecision.Divert divert) {
            divert(caller, divert);
        } else if (decision instanceof RouteDecision.AwaitLink await) {
            await(caller, await.rule());
        } else {
            conclude(caller, decision);
        }
    }

    private void conclude(Caller caller, RouteDecision decision) {
        if (decision instanceof RouteDecision.Reject) {
            reject(caller);
        } else if (decision instanceof RouteDecision.PassThrough pass && pass.insteadOf() != null) {
            failOpen(caller, pass.insteadOf());
        } else {
            passThrough(caller);
        }
    }

    private void divert(Caller caller, RouteDecision.Divert divert) {
        DivertedConnection connection = new DivertedConnection(caller, divert, this);
        if (!connection.open(port)) {
            refused(caller, divert.rule());
        }
    }

    /** The link is there and takes no stream more, for want of memory: as when the gateway, or the app, has no room. */
    private void refused(Caller caller, DivertRule rule) {
        if (rule.onAppRefused().then() == FailurePolicy.REJECT) {
            reject(caller);
        } else {
            failOpen(caller, rule);
        }
    }

    private void await(Caller caller, DivertRule rule) {
        AwaitingCaller waiting = new AwaitingCaller(caller, this);
        if (routes.await(rule, waiting)) {
            if (caller.beginsToWait()) {
                terms.counts().onLinkWait();
            }
            waiting.enter();
        } else {
            conclude(caller, routes.afterTheWait(rule));
        }
    }

    /** Whether the connections of this port still are the rule's. */
    boolean isInForce(DivertRule rule) {
        return routes.isInForce(rule, port);
    }

    /** Resets the caller: the rule would rather have that than an answer of the original app. */
    void reject(Caller caller) {
        terms.counts().onRejected();
        caller.abort();
    }

    /** To the original app although the rule is live. */
    void failOpen(Caller caller, DivertRule insteadOf) {
        terms.counts().onFailedOpen();
        terms.tally().of(insteadOf.interceptId()).failedOpen();
        passThrough(caller);
    }

    private void passThrough(Caller caller) {
        new PassedConnection(caller, terms.counts()).begin(app);
    }

    DivertTerms terms() {
        return terms;
    }
}
