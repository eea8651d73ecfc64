package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.link.CarrierAttempt;
import io.penstock.tunnel.link.LinkState;
import org.jspecify.annotations.Nullable;

/**
 * A second carrier on its way to both ends of an {@link InMemoryLink}. Each end begins and hears the other's hello when the test
 * says so, or never.
 *
 * <p><em>Loop-confined</em>.
 */
public final class Reconnection {

    private final Side agent;
    private final Side gateway;

    Reconnection(InMemoryLink link) {
        agent = new Side(link.agent());
        gateway = new Side(link.gateway());
        InMemoryCarrier.join(agent.carrier, agent, gateway.carrier, gateway);
    }

    public Reconnection agentBegins() {
        agent.begin();
        return this;
    }

    public Reconnection gatewayBegins() {
        gateway.begin();
        return this;
    }

    /** The gateway's hello arrives; false when it has not been said, or not here. */
    public boolean agentHears() {
        return agent.hear(gateway);
    }

    /** The agent's hello arrives; false when it has not been said, or not here. */
    public boolean gatewayHears() {
        return gateway.hear(agent);
    }

    /** All of it at once. */
    public void complete() {
        agentBegins().gatewayBegins();
        agentHears();
        gatewayHears();
    }

    /** The new connection breaks, whoever has heard of it. */
    public void cut() {
        agent.carrier.cut();
    }

    /** One end of the connection; its link hears of it once the hellos have met. Loop-confined. */
    private static final class Side implements CarrierReader {
        private final LinkEnd end;
        private final InMemoryCarrier carrier;
        private @Nullable CarrierAttempt attempt;
        private boolean heard;

        Side(LinkEnd end) {
            this.end = end;
            this.carrier = end.newCarrier();
            // Frames stand behind the hello: none is read before it.
            carrier.read(false);
        }

        void begin() {
            if (attempt == null && end.link().state() != LinkState.CLOSED) {
                attempt = end.attempt();
            }
        }

        boolean hear(Side peer) {
            if (attempt == null || peer.attempt == null || heard || carrier.isClosed()) {
                return false;
            }
            heard = true;
            end.resume(attempt, carrier, peer.attempt.received());
            return true;
        }

        @Override
        public void onBytes(ByteBuf bytes) {
            end.link().onBytes(bytes);
        }

        @Override
        public void onCarrierWritable() {
            end.link().onCarrierWritable();
        }

        @Override
        public void onCarrierLost(String detail) {
            if (heard) {
                end.link().onCarrierLost(detail);
            }
        }
    }
}
