package io.penstock.gateway.session;

import io.penstock.gateway.problem.GatewayProblem;
import java.util.Locale;

/** What links to a relay run on. <em>Immutable</em>. */
public enum CarrierChoice {
    /** The relay's own port, with TLS where the manager says so. */
    TCP,
    /** Calls of the manager's gRPC port, which pass HTTP/2 ingresses. */
    GRPC,
    /** TCP where the relay's port can be reached, else gRPC. */
    AUTO;

    /** Reads a choice in any case; "" means the standard one. */
    public static CarrierChoice parse(String text, CarrierChoice standard) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "" -> standard;
            case "TCP" -> TCP;
            case "GRPC" -> GRPC;
            case "AUTO" -> AUTO;
            default -> throw GatewayProblem.invalid("carrier", text, "tcp, grpc or auto");
        };
    }
}
