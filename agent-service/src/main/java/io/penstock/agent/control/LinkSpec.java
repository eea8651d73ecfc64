package io.penstock.agent.control;

import io.penstock.tunnel.link.LinkId;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One link that the newest snapshot asks for.
 *
 * @param slot which of the agent's event loops, modulo their number
 * @param sessionId whose gateway is the far end
 * @param meeting how the two ends meet
 *     <p><em>Immutable</em>.
 */
record LinkSpec(LinkId id, int slot, String sessionId, Meeting meeting) {

    /** How the two ends of a link meet. <em>Immutable</em>. */
    sealed interface Meeting {}

    /**
     * Both ends dial the manager's relay.
     *
     * @param address the relay's {@code host:port}
     * @param tls whether TLS is spoken there
     */
    record AtRelay(String address, boolean tls, Secret joinToken) implements Meeting {}

    /** The gateway dials our link port, with a token of that hash. */
    record AtLinkPort(Secret expectedSha256) implements Meeting {}

    /** Bytes that no log may show. <em>Immutable</em>. */
    static final class Secret {
        private final byte[] bytes;

        Secret(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "secret of " + bytes.length + " bytes";
        }
    }
}
