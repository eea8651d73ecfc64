package io.penstock.tunnel.carrier;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a carrier was not joined to its counterpart: the number on the wire, a label for metrics and what it means.
 *
 * <p><em>Immutable</em>.
 */
public enum JoinRefusal {
    BAD_PREFACE(1, "the first bytes are not a JOIN, or did not come in time"),
    UNSUPPORTED_VERSION(2, "the JOIN has a version that this relay does not speak"),
    TOKEN_FORGED(3, "the token is not one that a manager signed"),
    TOKEN_EXPIRED(4, "the token was valid once; ask the manager for a new one"),
    TOKEN_USED(5, "a newer carrier of the same side of the link has taken the place"),
    PAIRING_TIMEOUT(6, "the other side's carrier did not come in time"),
    SHUTTING_DOWN(7, "the relay is going away; dial another"),
    OVERLOADED(8, "too many carriers wait here"),
    TLS_REQUIRED(9, "TLS is spoken here, and this carrier does not begin it"),
    TLS_NOT_SPOKEN(10, "TLS is not spoken here, and this carrier begins it"),
    /** Counted only: whoever is meant cannot be told. */
    TLS_FAILED(11, "the TLS handshake failed"),
    CERTIFICATE_REQUIRED(
            12, "carriers show a client certificate here, which a gRPC call cannot; join at the relay's own port");

    private final int wire;
    private final String meaning;

    JoinRefusal(int wire, String meaning) {
        this.wire = wire;
        this.meaning = meaning;
    }

    /** Returns the refusal that the number stands for, or nothing when this version knows none. */
    public static Optional<JoinRefusal> ofWire(int wire) {
        for (JoinRefusal refusal : values()) {
            if (refusal.wire == wire) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    public int wire() {
        return wire;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String meaning() {
        return meaning;
    }
}
