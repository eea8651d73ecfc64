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

    /**
     * A call of the manager's gRPC port, or of an ingress in front of it.
     *
     * @param tls spoken there; none for plain text
     * @param bearer the token that the call shows; stays out of text
     */
    record Call(InetSocketAddress address, Optional<ClientTls> tls, String bearer) implements CarrierWay {
        @Override
        public String toString() {
            return address + " by gRPC" + (tls.isPresent() ? " and TLS" : "");
        }
    }

    static CarrierWay plain(InetSocketAddress address) {
        return new Socket(address, Optional.empty());
    }
}
