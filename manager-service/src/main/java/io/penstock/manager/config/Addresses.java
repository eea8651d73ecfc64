package io.penstock.manager.config;

import io.penstock.manager.security.StartRefused;
import java.util.Set;

/**
 * The address that others are told to dial, made of what was configured and what was bound.
 *
 * <p><em>Immutable</em>.
 */
final class Addresses {
    private static final Set<String> WILDCARDS = Set.of("", "*", "0.0.0.0", "::", "[::]");

    private Addresses() {}

    /** Refuses to guess when the server is bound to every address of the machine. */
    static void check(String key, String advertised, String bindAddress) {
        if (advertised.isEmpty() && WILDCARDS.contains(bindAddress)) {
            throw new StartRefused(key + ": missing (expected: the host:port that agents and gateways dial, because the"
                    + " server binds every address)");
        }
    }

    static String advertised(String advertised, String bindAddress, int boundPort) {
        if (!advertised.isEmpty()) {
            return advertised;
        }
        String host = bindAddress.contains(":") && !bindAddress.startsWith("[") ? "[" + bindAddress + "]" : bindAddress;
        return host + ":" + boundPort;
    }
}
