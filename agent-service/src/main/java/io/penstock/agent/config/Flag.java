package io.penstock.agent.config;

import java.util.function.Function;

/**
 * One flag's text made a value, with the flag's name in the sentence when it is none.
 *
 * <p><em>Startup only</em>.
 */
final class Flag {

    private Flag() {}

    static <T> T parse(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
