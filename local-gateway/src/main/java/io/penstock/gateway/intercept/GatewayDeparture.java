package io.penstock.gateway.intercept;

import io.penstock.gateway.forward.Forwarding;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.session.GatewaySession;
import io.penstock.tunnel.carrier.OpenCarriers;
import io.penstock.tunnel.link.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's last act: takes no more calls, tells the manager, lets running streams finish within the grace, and ends what is left.
 *
 * <p><em>Thread-safe</em>.
 */
public final class GatewayDeparture {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayDeparture.class);
    /** For the last bytes of links that are over. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(3);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Loop loop;
    private final ControlLoopQuery query;
    private final GatewaySession session;
    private final Forwarding forwarding;
    private final OpenCarriers carriers;
    private final ServiceUse use;

    public GatewayDeparture(
            Loop loop,
            ControlLoopQuery query,
            GatewaySession session,
            Forwarding forwarding,
            OpenCarriers carriers,
            ServiceUse use) {
        this.loop = loop;
        this.query = query;
        this.session = session;
        this.forwarding = forwarding;
        this.carriers = carriers;
        this.use = use;
    }

    /** Returns when all links are closed, or soon after the grace. */
    public void depart(Duration grace) {
        use.stop();
        try {
            query.askOn(() -> session.depart().thenApply(answer -> true));
        } catch (GatewayProblem e) {
            // The manager ends the session by itself when its lease runs out; agents hear now, from the links.
            LOG.info("departed without the manager's answer: {}", e.detail());
            query.ask(() -> {
                forwarding.links().keep(List.of());
                return true;
            });
        }
        awaitLinks(grace);
        query.ask(() -> {
            forwarding.links().closeAll();
            return true;
        });
        carriers.awaitClosed(LAST_BYTES);
    }

    private void awaitLinks(Duration grace) {
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        loop.execute(() -> look(drained, loop.nanoTime() + grace.toNanos()));
        drained.join();
    }

    private void look(CompletableFuture<Boolean> drained, long deadline) {
        if (forwarding.links().alive() == 0 || loop.nanoTime() - deadline >= 0) {
            drained.complete(true);
        } else {
            loop.schedule(() -> look(drained, deadline), LOOK_NANOS);
        }
    }
}
