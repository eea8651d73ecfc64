package io.penstock.tunnel.carrier;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * Where another carrier for a link can be dialled now. Asked before each dial, on the link's loop, since the token and even the
 * address may have changed.
 *
 * <p><em>Thread-safe</em>.
 */
public interface LinkDoor {

    /** What a dial needs: an address, and a token that stays out of text. <em>Immutable</em>. */
    final class Opening {
        private final InetSocketAddress address;
        private final byte[] joinToken;

        /**
         * @param address of the relay or of the far end's link port
         * @param joinToken what the manager gave this end of the link last
         */
        public Opening(InetSocketAddress address, byte[] joinToken) {
            this.address = address;
            this.joinToken = joinToken.clone();
        }

        public InetSocketAddress address() {
            return address;
        }

        public byte[] joinToken() {
            return joinToken.clone();
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** Completes on any thread, and fails when the address cannot be found. */
    CompletionStage<Opening> open();
}
