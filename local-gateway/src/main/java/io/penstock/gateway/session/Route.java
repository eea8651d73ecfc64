package io.penstock.gateway.session;

import io.penstock.gateway.problem.GatewayProblem;
import java.util.Locale;

/** How the two ends of a link meet. <em>Immutable</em>. */
public enum Route {
    /** Both ends dial the manager's relay. */
    RELAY,
    /** The gateway dials the agent's link port. */
    DIRECT;

    /** Reads a route in any case; "" means the relay. */
    public static Route parse(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "", "RELAY" -> RELAY;
            case "DIRECT" -> DIRECT;
            default -> throw GatewayProblem.invalid("route", text, "relay or direct");
        };
    }
}
