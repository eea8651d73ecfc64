package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Check;
import org.jspecify.annotations.Nullable;

/**
 * One port of an intercept: which captured port, and where the gateway dials.
 *
 * <p><em>Immutable</em>.
 */
public record PortRule(int capture, String target) {

    /** Reads the port at this place of a list, naming the place in what it refuses. */
    public static PortRule parse(int index, int capture, @Nullable String target) {
        String field = "ports[" + index + "].";
        return new PortRule(Check.port(field + "capture", capture), Check.hostPort(field + "target", target));
    }
}
