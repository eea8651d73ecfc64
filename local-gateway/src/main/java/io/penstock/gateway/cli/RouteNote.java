package io.penstock.gateway.cli;

import io.penstock.gateway.json.JsonView;
import java.util.Optional;

/**
 * That links go by the relay although the direct route was asked for, and what to do about it.
 *
 * <p><em>Immutable</em>.
 */
final class RouteNote {

    private static final String REASON = "agents without a link port (expected: agents started with --link-listen, and "
            + "--link-advertise where gateways are to dial another address)";

    private RouteNote() {}

    /**
     * The sentence, when there is reason for it.
     *
     * @param gateway the status of the service
     */
    static Optional<String> of(JsonView gateway) {
        return relayed(gateway) == 0
                ? Optional.empty()
                : Optional.of("Not direct: the manager leads links through its relay, for " + REASON + ".");
    }

    /** The route in use, for the status. */
    static String status(JsonView gateway) {
        String asked = gateway.object("manager").text("route").equals("DIRECT") ? "direct" : "relay";
        long relayed = relayed(gateway);
        return relayed == 0
                ? asked
                : asked + ", but " + relayed + " of " + gateway.object("links").number("listed")
                        + " links by relay, for " + REASON;
    }

    private static long relayed(JsonView gateway) {
        boolean asked = gateway.object("manager").text("route").equals("DIRECT");
        return asked ? gateway.object("links").number("relayed") : 0;
    }
}
