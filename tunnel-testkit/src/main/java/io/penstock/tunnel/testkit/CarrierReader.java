package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.link.Link;
import java.util.function.Supplier;

/**
 * Whoever sits on a carrier: a link, or a scripted peer.
 *
 * <p><em>Loop-confined</em>.
 */
public interface CarrierReader {

    /** Bytes of the far end; they stay the carrier's. */
    void onBytes(ByteBuf bytes);

    void onCarrierWritable();

    void onCarrierLost(String detail);

    /** A link that is made after its carrier. */
    static CarrierReader of(Supplier<Link> link) {
        return new CarrierReader() {
            @Override
            public void onBytes(ByteBuf bytes) {
                link.get().onBytes(bytes);
            }

            @Override
            public void onCarrierWritable() {
                link.get().onCarrierWritable();
            }

            @Override
            public void onCarrierLost(String detail) {
                link.get().onCarrierLost(detail);
            }
        };
    }
}
