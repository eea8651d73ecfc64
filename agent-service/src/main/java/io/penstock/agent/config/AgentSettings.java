package io.penstock.agent.config;

import io.penstock.agent.capture.Capture;
import io.penstock.agent.control.AgentPresence.Workload;
import io.penstock.agent.control.ManagerAddress;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.flow.CreditPolicy;
import io.penstock.tunnel.tls.TlsFiles;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one agent runs.
 *
 * @param captures the captured ports, at least one
 * @param workload what the agent fronts
 * @param adminPort where health and metrics are served; 0 takes a free port
 * @param resources what it may use
 *     <p><em>Immutable</em>.
 */
public record AgentSettings(
        List<Capture> captures,
        Workload workload,
        ManagerAddress manager,
        int adminPort,
        Links links,
        Resources resources) {

    /**
     * How links are made and left.
     *
     * @param direct where gateways may dial the agent; none when they cannot
     *     <p><em>Immutable</em>.
     */
    public record Links(Optional<DirectRoute> direct, Waits waits, Tls tls) {}

    /**
     * How long what may be waited for.
     *
     * @param ready how long the agent may be not ready because the manager's rules are not in force yet; zero not at all
     * @param link how long a new connection waits for its link to come back; zero not at all
     * @param resume how long a link may be without a carrier before it ends
     * @param drain how long running connections may take once the agent or a link is left; zero resets them at once
     *     <p><em>Immutable</em>.
     */
    public record Waits(Duration ready, Duration link, Duration resume, Duration drain) {}

    /**
     * What TLS is made of.
     *
     * @param dialling for relays that speak TLS
     * @param serverName whose certificate they show, when that is not the name that is dialled
     * @param port of the link port; none when that is plain TCP
     *     <p><em>Immutable</em>.
     */
    public record Tls(TlsFiles dialling, Optional<String> serverName, Optional<TlsFiles> port) {}

    /**
     * The direct route.
     *
     * @param listen where the link port listens; port 0 takes a free one
     * @param advertise what gateways dial instead, when that is not the same
     *     <p><em>Immutable</em>.
     */
    public record DirectRoute(HostPort listen, Optional<HostPort> advertise) {}

    /**
     * What the process may use.
     *
     * @param loops event loops of the data plane, 1 to 64; also how many links each gateway gets
     * @param memoryBudget bytes that may be held for all connections
     *     <p><em>Immutable</em>.
     */
    public record Resources(int loops, long memoryBudget) {
        private static final int MAX_LOOPS = 64;

        public Resources {
            if (loops < 1 || loops > MAX_LOOPS) {
                throw new IllegalArgumentException("--loops: " + loops + " (expected: 1 to " + MAX_LOOPS + ")");
            }
            if (memoryBudget < CreditPolicy.defaults().initialWindow()) {
                throw new IllegalArgumentException(
                        "--memory-budget: " + memoryBudget + " bytes (expected: at least 64KiB)");
            }
        }
    }

    public AgentSettings {
        captures = List.copyOf(captures);
        if (adminPort < 0 || adminPort > 65535) {
            throw new IllegalArgumentException("--admin-port: " + adminPort + " (expected: 0 to 65535)");
        }
        Set<Integer> ports = new HashSet<>();
        for (Capture capture : captures) {
            int port = capture.listen().port();
            if (port != 0 && !ports.add(port)) {
                throw new IllegalArgumentException(
                        "--capture " + capture + ": port " + port + " is captured twice (expected: once)");
            }
        }
    }
}
