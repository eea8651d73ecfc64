package io.penstock.tunnel;

/**
 * A failure of the tunnel as its API callers see it: one sentence for people, saying what, the value and what was expected.
 *
 * <p><em>Immutable</em>.
 */
public final class TunnelException extends RuntimeException {

    /** A stable, short code for metrics and reports: a reset code's or a refusal's name. */
    private final String code;

    public TunnelException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The stack is of no use: the failure came from the network. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
