package io.penstock.bench.process;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process to start. Immutable.
 *
 * @param name what reports call it
 * @param command program and arguments
 * @param log where both of its outputs go; appended to
 * @param environment added to this process's own
 */
public record LaunchSpec(String name, List<String> command, Path log, Map<String, String> environment) {
    public LaunchSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public LaunchSpec(String name, List<String> command, Path log) {
        this(name, command, log, Map.of());
    }

    public LaunchSpec with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new LaunchSpec(name, command, log, more);
    }
}
