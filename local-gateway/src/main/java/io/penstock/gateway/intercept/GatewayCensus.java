package io.penstock.gateway.intercept;

import io.penstock.gateway.forward.Forwarding;
import io.penstock.gateway.intercept.InterceptView.Streams;
import io.penstock.gateway.session.GatewayReport.InterceptFigure;
import io.penstock.gateway.session.GatewaySession;
import io.penstock.gateway.session.SessionView;
import io.penstock.tunnel.flow.MemoryBudget;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The count of everything the gateway has, made when somebody asks.
 *
 * <p><em>Thread-safe</em>.
 */
public final class GatewayCensus {

    private final ControlLoopQuery loop;
    private final GatewaySession session;
    private final Forwarding forwarding;
    private final MemoryBudget budget;
    private final LongSupplier dialQueue;
    private final LongSupplier held;

    public GatewayCensus(
            ControlLoopQuery loop,
            GatewaySession session,
            Forwarding forwarding,
            MemoryBudget budget,
            LongSupplier dialQueue,
            LongSupplier held) {
        this.loop = loop;
        this.session = session;
        this.forwarding = forwarding;
        this.budget = budget;
        this.dialQueue = dialQueue;
        this.held = held;
    }

    public GatewayStatus status() {
        return loop.ask(this::count);
    }

    private GatewayStatus count() {
        SessionView view = session.view();
        List<InterceptFigure> figures =
                view.snapshot().intercepts().stream().map(forwarding::figure).toList();
        return new GatewayStatus(
                GatewayStatus.Manager.of(view),
                figures.size(),
                GatewayStatus.Links.of(forwarding.links().totals()),
                Streams.sum(figures),
                dialQueue.getAsLong(),
                held.getAsLong(),
                new GatewayStatus.Memory(budget.used(), budget.limit()));
    }
}
