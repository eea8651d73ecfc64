package io.penstock.gateway.forward;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.relay.DialEvents;

/**
 * What is told of probes: that a target refuses one is no news, it is why there are probes.
 *
 * <p><em>Thread-safe</em>.
 */
record ProbeEvents(DialEvents events) implements DialEvents {

    @Override
    public void connected(long nanos) {
        events.connected(nanos);
    }

    @Override
    public void failed(ResetCode code) {
        if (code != ResetCode.APP_REFUSED) {
            events.failed(code);
        }
    }
}
