package io.penstock.tunnel.carrier;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where another carrier for a link can be dialled now. Asked before each dial, on the link's loop, since the token and even the
 * address may have changed.
 *
 * <p><em>Thread-safe</em>.
 */
public interface LinkDoor {

    /** What a dial needs: a way, and a token that stays out of text. <em>Immutable</em>. */
    final class Opening {
        private final CarrierWay way;
        private final byte[] joinToken;

        /**
         * @param way to the relay or to the far end's link port
         * @param joinToken what the manager gave this end of the link last
         */
        public Opening(CarrierWay way, byte[] joinToken) {
            this.way = way;
            this.joinToken = joinToken.clone();
        }

        public CarrierWay way() {
            return way;
        }

        public byte[] joinToken() {
            return joinToken.clone();
        }

        @Override
        public String toString() {
            return way.toString();
        }
    }

    /** Completes on any thread, and fails when the address cannot be found. */
    CompletionStage<Opening> open();

    /** A dial by that opening has ended, on the link's loop; well when there is no failure. */
    default void onDialled(Opening opening, @Nullable Throwable failure) {}
}
