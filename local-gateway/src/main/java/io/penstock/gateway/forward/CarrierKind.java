package io.penstock.gateway.forward;

import io.penstock.tunnel.carrier.CarrierWay;
import java.util.Locale;

/** What a carrier runs on. <em>Immutable</em>. */
public enum CarrierKind {
    /** A TCP connection in the clear. */
    TCP,
    /** A TCP connection with TLS. */
    TLS,
    /** A gRPC call. */
    GRPC;

    static CarrierKind of(CarrierWay way) {
        if (way instanceof CarrierWay.Socket socket) {
            return socket.tls().isPresent() ? TLS : TCP;
        }
        return GRPC;
    }

    /** As it is shown, and in tags. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
