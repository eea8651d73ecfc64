package io.penstock.agent.control;

import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.Capture;
import io.penstock.api.control.v1.WorkloadRef;
import io.penstock.tunnel.address.HostPort;
import java.util.Map;

/**
 * What this agent says of itself when it arrives at a manager.
 *
 * @param agentId unique to this process
 * @param workload what it fronts
 * @param captures the captured ports, each with the original app's address
 * @param links how many links it wants with each gateway: its event loops
 * @param linkAddress where gateways can dial it directly; empty when they cannot
 * @param linkTls whether TLS is spoken there
 *     <p><em>Immutable</em>.
 */
public record AgentPresence(
        String agentId,
        Workload workload,
        Map<Integer, HostPort> captures,
        int links,
        String linkAddress,
        boolean linkTls) {

    private static final String DEFAULT_KIND = "Deployment";

    /**
     * The name of a workload.
     *
     * <p><em>Immutable</em>.
     */
    public record Workload(String namespace, String name) {

        /**
         * Reads {@code namespace/name}.
         *
         * @throws IllegalArgumentException with one sentence when the text is not one
         */
        public static Workload parse(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new IllegalArgumentException("'" + text + "' (expected: namespace/name, such as shop/checkout)");
            }
            return new Workload(parts[0], parts[1]);
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }

    public AgentPresence {
        captures = Map.copyOf(captures);
    }

    AgentHello hello() {
        AgentHello.Builder hello = AgentHello.newBuilder()
                .setAgentId(agentId)
                .setWorkload(WorkloadRef.newBuilder()
                        .setNamespace(workload.namespace())
                        .setKind(DEFAULT_KIND)
                        .setName(workload.name()))
                .setLinks(links)
                .setLinkAddress(linkAddress)
                .setLinkTls(linkTls)
                .setVersion(version());
        captures.forEach((port, app) ->
                hello.addCaptures(Capture.newBuilder().setPort(port).setApp(app.toString())));
        return hello.build();
    }

    private static String version() {
        String version = AgentPresence.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
