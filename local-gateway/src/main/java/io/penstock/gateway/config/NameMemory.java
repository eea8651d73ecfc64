package io.penstock.gateway.config;

import java.security.Security;

/**
 * How long the JDK remembers what names mean. Its own half a minute is too long for the names of containers.
 *
 * <p><em>Startup only</em>.
 */
public final class NameMemory {

    private static final String SECONDS = "2";

    private NameMemory() {}

    /** Has an effect only before the first name is looked up. */
    public static void keepShort() {
        Security.setProperty("networkaddress.cache.ttl", SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", SECONDS);
    }
}
