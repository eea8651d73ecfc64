package io.penstock.tunnel.stream;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.frame.ResetCode;

/**
 * Why a stream or a link ended, and who ended it.
 *
 * @param scope whether one stream ended or the link with all of its streams
 * @param code the reason, as on the wire
 * @param initiator who began the end, seen from this process
 * @param detail for people; may be empty
 *     <p><em>Immutable</em>.
 */
public record CloseCause(Scope scope, ResetCode code, Initiator initiator, String detail) {

    /** What ended. <em>Immutable</em>. */
    public enum Scope {
        STREAM,
        LINK
    }

    /** Who began the end. <em>Immutable</em>. */
    public enum Initiator {
        /** The socket or the service on this side. */
        APPLICATION,
        /** The tunnel in this process. */
        TUNNEL,
        /** The other end of the link. */
        PEER
    }

    /** Both directions were half-closed. */
    public static final CloseCause CLEAN = new CloseCause(Scope.STREAM, ResetCode.NONE, Initiator.APPLICATION, "");

    public CloseCause {
        requireNonNull(scope, "scope");
        requireNonNull(code, "code");
        requireNonNull(initiator, "initiator");
        requireNonNull(detail, "detail");
    }

    /** One stream, ended by this side's socket or service. */
    public static CloseCause byApplication(ResetCode code, String detail) {
        return new CloseCause(Scope.STREAM, code, Initiator.APPLICATION, detail);
    }

    /** One stream, ended by the tunnel here. */
    public static CloseCause byTunnel(ResetCode code, String detail) {
        return new CloseCause(Scope.STREAM, code, Initiator.TUNNEL, detail);
    }

    /** One stream, ended by the peer. */
    public static CloseCause byPeer(ResetCode code, String detail) {
        return new CloseCause(Scope.STREAM, code, Initiator.PEER, detail);
    }

    /** A whole link. */
    public static CloseCause ofLink(ResetCode code, Initiator initiator, String detail) {
        return new CloseCause(Scope.LINK, code, initiator, detail);
    }

    /** Whether bytes may be missing: then the socket is reset, never closed. */
    public boolean isAbrupt() {
        return code != ResetCode.NONE;
    }
}
