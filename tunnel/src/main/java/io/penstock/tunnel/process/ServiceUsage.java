package io.penstock.tunnel.process;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a service whose arguments are all settings says of itself instead of starting.
 *
 * @param name of the service, for sentences
 * @param version that the jar's manifest names; "dev" when the classes do not come from a jar
 * @param text how to start it, and its main settings
 *     <p><em>Immutable</em>.
 */
public record ServiceUsage(String name, String version, String text) {

    private static final Set<String> HELP = Set.of("--help", "-h", "help");
    private static final Set<String> VERSION = Set.of("--version", "-V", "version");

    /** The usage of the service that the class belongs to. */
    public static ServiceUsage of(String name, Class<?> service, String text) {
        String version = service.getPackage().getImplementationVersion();
        return new ServiceUsage(name, Objects.requireNonNullElse(version, "dev"), text);
    }

    /** What was asked for, when it was something else than to start. */
    public Optional<String> answer(String... arguments) {
        if (isAmong(HELP, arguments)) {
            return Optional.of(text.stripTrailing());
        }
        return isAmong(VERSION, arguments) ? Optional.of(name + " " + version) : Optional.empty();
    }

    /** Why it cannot start with these arguments: settings alone are passed on, and what is none would be ignored in silence. */
    public Optional<String> refusal(String... arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> !argument.matches("--[^=]+(=.*)?"))
                .findFirst()
                .map(argument -> "argument: " + argument + " (expected: --KEY=VALUE; --help lists the main ones)");
    }

    private static boolean isAmong(Set<String> words, String... arguments) {
        return Arrays.stream(arguments).anyMatch(words::contains);
    }
}
