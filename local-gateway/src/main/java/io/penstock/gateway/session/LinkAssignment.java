package io.penstock.gateway.session;

import io.penstock.tunnel.link.LinkId;
import java.util.Optional;

/**
 * One link that the manager wants between an agent and this gateway.
 *
 * @param slot the agent's event loop that the link belongs to
 * @param door where it begins
 *     <p><em>Immutable</em>.
 */
public record LinkAssignment(LinkId id, int slot, String agentId, Route route, Door door) {

    /** Where to dial (the relay, or the agent's link port), and the token that opens; the token stays out of text. <em>Immutable</em>. */
    public static final class Door {
        private final String address;
        private final byte[] joinToken;
        private final Optional<TlsTerms> tls;

        /** A door without TLS. */
        public Door(String address, byte[] joinToken) {
            this(address, joinToken, Optional.empty());
        }

        /** @param tls spoken there */
        public Door(String address, byte[] joinToken, Optional<TlsTerms> tls) {
            this.address = address;
            this.joinToken = joinToken.clone();
            this.tls = tls;
        }

        /** What to speak TLS with; none where plain TCP is spoken. */
        public Optional<TlsTerms> tls() {
            return tls;
        }

        public String address() {
            return address;
        }

        public byte[] joinToken() {
            return joinToken.clone();
        }

        @Override
        public String toString() {
            return address + (tls.isPresent() ? " by TLS" : "");
        }
    }
}
