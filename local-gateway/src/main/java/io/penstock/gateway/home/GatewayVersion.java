package io.penstock.gateway.home;

import java.util.Objects;

/**
 * The version that the jar's manifest names; "dev" when the classes do not come from a jar.
 *
 * <p><em>Immutable</em>.
 */
public final class GatewayVersion {

    private GatewayVersion() {}

    public static String text() {
        return Objects.requireNonNullElse(GatewayVersion.class.getPackage().getImplementationVersion(), "dev");
    }
}
