package io.penstock.bench.process;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole Penstock to start. Immutable.
 *
 * @param home where its processes keep their state and logs
 * @param app the cluster's app, which the agent fronts
 * @param direct whether the gateway dials the agent instead of the relay
 * @param settings of the manager, as {@code --key=value}
 */
public record StackPlan(
        Path home,
        InetSocketAddress app,
        boolean direct,
        JvmFlags flags,
        List<String> settings,
        List<String> agentFlags) {
    public static final String WORKLOAD = "shop/checkout";

    public StackPlan {
        settings = List.copyOf(settings);
        agentFlags = List.copyOf(agentFlags);
    }

    /** Plans a stack for a short life, through the relay. */
    public static StackPlan of(Path home, InetSocketAddress app) {
        return new StackPlan(home, app, false, JvmFlags.FAST_START, List.of(), List.of());
    }

    public StackPlan directly() {
        return new StackPlan(home, app, true, flags, settings, agentFlags);
    }

    public StackPlan with(JvmFlags other) {
        return new StackPlan(home, app, direct, other, settings, agentFlags);
    }

    /** Adds settings of the manager. */
    public StackPlan with(List<String> managerSettings) {
        return new StackPlan(home, app, direct, flags, managerSettings, agentFlags);
    }

    /** Adds flags of the agent. */
    public StackPlan withAgent(List<String> flagsOfAgent) {
        return new StackPlan(home, app, direct, flags, settings, flagsOfAgent);
    }
}
