package io.penstock.bench.process;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A whole Penstock to start. Immutable.
 *
 * @param home where its processes keep their state and logs
 * @param app the cluster's app, which the agent fronts
 * @param direct whether the gateway dials the agent instead of the relay
 */
public record StackPlan(Path home, InetSocketAddress app, boolean direct, JvmFlags flags, Arguments arguments) {
    public static final String WORKLOAD = "shop/checkout";

    /**
     * What each process is told beside what it needs. Immutable.
     *
     * @param door further words of requests to the gateway about the manager
     */
    public record Arguments(List<String> manager, List<String> agent, List<String> gateway, Map<String, Object> door) {
        static final Arguments NONE = new Arguments(List.of(), List.of(), List.of(), Map.of());

        public Arguments {
            manager = List.copyOf(manager);
            agent = List.copyOf(agent);
            gateway = List.copyOf(gateway);
            door = Map.copyOf(door);
        }
    }

    /** Plans a stack for a short life, through the relay. */
    public static StackPlan of(Path home, InetSocketAddress app) {
        return new StackPlan(home, app, false, JvmFlags.FAST_START, Arguments.NONE);
    }

    public StackPlan directly() {
        return new StackPlan(home, app, true, flags, arguments);
    }

    public StackPlan with(JvmFlags other) {
        return new StackPlan(home, app, direct, other, arguments);
    }

    /** With these arguments of the manager instead of those that it has, as {@code --key=value}. */
    public StackPlan withManager(List<String> settings) {
        return with(new Arguments(settings, arguments.agent(), arguments.gateway(), arguments.door()));
    }

    /** With these flags of the agent instead of those that it has. */
    public StackPlan withAgent(List<String> agentFlags) {
        return with(new Arguments(arguments.manager(), agentFlags, arguments.gateway(), arguments.door()));
    }

    /** With these arguments of the gateway instead of those that it has, as {@code --key=value}. */
    public StackPlan withGateway(List<String> settings) {
        return with(new Arguments(arguments.manager(), arguments.agent(), settings, arguments.door()));
    }

    /** With these words of requests to the gateway about the manager instead of those that it has. */
    public StackPlan withDoor(Map<String, Object> words) {
        return with(new Arguments(arguments.manager(), arguments.agent(), arguments.gateway(), words));
    }

    private StackPlan with(Arguments others) {
        return new StackPlan(home, app, direct, flags, others);
    }
}
