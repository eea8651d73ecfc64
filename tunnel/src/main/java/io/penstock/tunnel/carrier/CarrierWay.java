package io.penstock.tunnel.carrier;

import io.penstock.tunnel.tls.ClientTls;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a carrier is dialled over.
 *
 * <p><em>Thread-safe</em>.
 */
public sealed interface CarrierWay {

    /**
     * A connection to a relay or to a link port.
     *
     * @param tls spoken there, as whoever named the address says; none for plain TCP
     */
    record Socket(InetSocketAddress address, Optional<ClientTls> tls) implements CarrierWay {
        @Override
        public String toString() {
            return address + (tls.isPresent() ? " by TLS" : "");
        }
    }

    static CarrierWay plain(InetSocketAddress address) {
        return new Socket(address, Optional.empty());
    }
}
