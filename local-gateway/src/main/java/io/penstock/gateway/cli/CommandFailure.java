package io.penstock.gateway.cli;

import java.util.Objects;

/**
 * The end of a command that could not do what it was asked: an exit code and one sentence.
 *
 * <p><em>Immutable</em>.
 */
final class CommandFailure extends RuntimeException {

    private final ExitCode code;
    private final String type;

    CommandFailure(ExitCode code, String sentence) {
        this(code, sentence, "");
    }

    /**
     * A failure that a problem document told of.
     *
     * @param type of the problem; "" when there was none
     */
    CommandFailure(ExitCode code, String sentence, String type) {
        super(sentence, null, false, false);
        this.code = code;
        this.type = type;
    }

    ExitCode code() {
        return code;
    }

    String type() {
        return type;
    }

    String sentence() {
        return Objects.requireNonNullElse(getMessage(), code.meaning());
    }
}
