package io.penstock.tunnel.carrier;

import io.penstock.tunnel.TunnelException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The address of a door as it was last found. On a network that has just broken a look-up takes long, fails, and is remembered as
 * failed; a link that was there a moment ago must not wait for that. So what is known is dialled at once, and looked up again beside it.
 *
 * <p><em>Thread-safe</em>.
 */
public final class KnownAddress {

    private record Found(String text, InetSocketAddress address) {}

    private final Function<String, CompletionStage<InetSocketAddress>> lookup;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Found last;

    /** @param lookup finds the address of a text; without blocking, and perhaps unresolved */
    public KnownAddress(Function<String, CompletionStage<InetSocketAddress>> lookup) {
        this.lookup = lookup;
    }

    /** The address of the text; fails when it was never found and cannot be found now. */
    public CompletionStage<InetSocketAddress> find(String text) {
        Found known = last;
        if (known == null || !known.text().equals(text)) {
            return look(text);
        }
        if (looking.compareAndSet(false, true)) {
            CompletionStage<InetSocketAddress> unused =
                    look(text).whenComplete((address, failure) -> looking.set(false));
        }
        return CompletableFuture.completedFuture(known.address());
    }

    private CompletionStage<InetSocketAddress> look(String text) {
        return lookup.apply(text).thenApply(address -> {
            if (address.isUnresolved()) {
                throw new TunnelException("DIAL_FAILED", text + " (expected: a host with an address)");
            }
            last = new Found(text, address);
            return address;
        });
    }
}
