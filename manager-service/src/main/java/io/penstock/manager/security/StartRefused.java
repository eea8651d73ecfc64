package io.penstock.manager.security;

/**
 * Why the manager cannot start, in one sentence for whoever started it.
 *
 * <p><em>Immutable</em>.
 */
public final class StartRefused extends RuntimeException {
    public StartRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public StartRefused(String sentence) {
        super(sentence);
    }
}
