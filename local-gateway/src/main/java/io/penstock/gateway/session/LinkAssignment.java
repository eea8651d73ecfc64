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
        private final boolean tls;
        private final Optional<Membership> membership;

        /** A plain door that is dialled by TCP whatever anybody chose. */
        public Door(String address, byte[] joinToken) {
            this(address, joinToken, false, Optional.empty());
        }

        /**
         * A door that a manager has named.
         *
         * @param tls whether TLS is spoken there
         * @param membership of the session that it was named to
         */
        public Door(String address, byte[] joinToken, boolean tls, Optional<Membership> membership) {
            this.address = address;
            this.joinToken = joinToken.clone();
            this.tls = tls;
            this.membership = membership;
        }

        public boolean isTls() {
            return tls;
        }

        /** Who named the door, and how it is to be dialled. */
        public Optional<Membership> membership() {
            return membership;
        }

        public String address() {
            return address;
        }

        public byte[] joinToken() {
            return joinToken.clone();
        }

        @Override
        public String toString() {
            return address + (tls ? " by TLS" : "");
        }
    }
}
