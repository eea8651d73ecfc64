package io.penstock.agent.config;

import io.penstock.agent.config.AgentSettings.Resources;
import picocli.CommandLine.Option;

/**
 * The flags about what the process may use, filled by picocli.
 *
 * <p><em>Startup only</em>.
 */
final class ResourceFlags {

    @Option(
            names = "--loops",
            paramLabel = "n",
            description = "Event loops, each with its own link to each gateway. Default: 2, or 1 on one core.")
    private int loops = Math.min(2, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--memory-budget",
            paramLabel = "size",
            description = "Bytes that may be held for all connections. Default: ${DEFAULT-VALUE}.")
    private String memoryBudget = "64MiB";

    Resources resources() {
        return new Resources(
                loops,
                Flag.parse("--memory-budget", memoryBudget, ByteSize::parse).bytes());
    }
}
