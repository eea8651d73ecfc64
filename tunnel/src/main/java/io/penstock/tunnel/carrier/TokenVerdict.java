package io.penstock.tunnel.carrier;

/**
 * What a look at a join token says.
 *
 * <p><em>Immutable</em>.
 */
public sealed interface TokenVerdict {
    record Accepted(JoinToken token) implements TokenVerdict {}

    /** The refusal is TOKEN_FORGED or TOKEN_EXPIRED. */
    record Refused(JoinRefusal refusal) implements TokenVerdict {}
}
