package io.penstock.agent.control;

import io.penstock.agent.control.LinkSpec.AtRelay;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.KnownAddress;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.tls.ClientTls;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where a link's next carrier finds the relay: as the newest snapshot says.
 *
 * <p><em>Thread-safe</em>: the control loop renews it, the link's loop asks.
 */
final class RelayDoor implements LinkDoor {

    private final KnownAddress address;
    private final ClientTls tls;
    private volatile AtRelay relay;

    RelayDoor(LinkMeans means, AtRelay relay) {
        this.address = new KnownAddress(means.lookup()::find);
        this.tls = means.tls();
        this.relay = relay;
    }

    void renew(AtRelay newer) {
        relay = newer;
    }

    @Override
    public CompletionStage<Opening> open() {
        AtRelay now = relay;
        return address.find(now.address())
                .thenApply(found -> new Opening(
                        new CarrierWay.Socket(found, now.tls() ? Optional.of(tls) : Optional.empty()),
                        now.joinToken().bytes()));
    }
}
