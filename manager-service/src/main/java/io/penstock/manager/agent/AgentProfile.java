package io.penstock.manager.agent;

import io.penstock.manager.refusal.Check;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.workload.WorkloadRef;
import java.util.List;

/**
 * What an agent says about itself when it attaches.
 *
 * <p><em>Immutable</em>.
 *
 * @param links how many links it wants with each gateway
 * @param linkAddress where gateways can dial it, or empty
 * @param linkTls whether TLS is spoken there
 */
public record AgentProfile(
        WorkloadRef workload, List<Capture> captures, int links, String linkAddress, boolean linkTls, String version) {
    private static final int MAX_CAPTURES = 64;
    private static final int MAX_LINKS = 64;
    private static final int MAX_VERSION = 64;

    /** One captured port and the original app behind it. */
    public record Capture(int port, String app) {
        public Capture {
            Check.port("captures.port", port);
            Check.hostPort("captures.app", app);
        }
    }

    public AgentProfile {
        captures = List.copyOf(captures);
        Check.within("captures count", captures.size(), 1, MAX_CAPTURES);
        if (captures.stream().mapToInt(Capture::port).distinct().count() != captures.size()) {
            throw Refusal.invalid("captures", "a port twice", "each port once");
        }
        Check.within("links", links, 1, MAX_LINKS);
        if (!linkAddress.isEmpty()) {
            Check.hostPort("link_address", linkAddress);
        }
        Check.text("version", version, MAX_VERSION);
    }

    public boolean captures(int port) {
        return captures.stream().anyMatch(capture -> capture.port() == port);
    }
}
