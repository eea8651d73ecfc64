package io.penstock.agent.divert;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.relay.ReadGate;
import io.penstock.tunnel.relay.SocketRelay;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection until somebody has taken it: its socket, what it has said so far, and whether it has said all. It is
 * handed from stage to stage; the stage of the moment is the socket's only handler and the only one to call this.
 *
 * <p>Kept bytes are charged to the memory budget until they are handed over or dropped.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class Caller {

    private final Channel channel;
    private final MemoryBudget budget;
    private final ReadGate gate;
    private @Nullable ArrayDeque<ByteBuf> kept;
    private int keptBytes;
    private boolean inputEnded;
    private boolean waited;

    Caller(Channel channel, MemoryBudget budget) {
        this.channel = channel;
        this.budget = budget;
        this.gate = new ReadGate(channel);
    }

    Channel channel() {
        return channel;
    }

    ReadGate gate() {
        return gate;
    }

    boolean isOpen() {
        return channel.isActive();
    }

    /** The caller's address as text for people. */
    String address() {
        return channel.remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress() + ':' + peer.getPort()
                : "";
    }

    /** Takes the bytes over. */
    void keep(ByteBuf bytes) {
        if (kept == null) {
            kept = new ArrayDeque<>(2);
        }
        kept.add(bytes);
        keptBytes += bytes.readableBytes();
        budget.charge(bytes.readableBytes());
    }

    int keptBytes() {
        return keptBytes;
    }

    /** Gives away a second reference to all that is kept, in order. */
    void copyKept(Consumer<ByteBuf> to) {
        if (kept != null) {
            kept.forEach(bytes -> to.accept(bytes.retainedDuplicate()));
        }
    }

    /** Gives all that is kept away, in order. */
    void handKept(Consumer<ByteBuf> to) {
        ArrayDeque<ByteBuf> all = forget();
        if (all != null) {
            all.forEach(to);
        }
    }

    void dropKept() {
        ArrayDeque<ByteBuf> all = forget();
        if (all != null) {
            all.forEach(ByteBuf::release);
        }
    }

    private @Nullable ArrayDeque<ByteBuf> forget() {
        ArrayDeque<ByteBuf> all = kept;
        kept = null;
        budget.release(keptBytes);
        keptBytes = 0;
        return all;
    }

    void inputEnded(boolean ended) {
        inputEnded = ended;
    }

    /** Whether the caller has half-closed. */
    boolean inputEnded() {
        return inputEnded;
    }

    /** It waits for a link; true the first time. */
    boolean beginsToWait() {
        boolean first = !waited;
        waited = true;
        return first;
    }

    /** Resets the caller; nobody will have its bytes. */
    void abort() {
        dropKept();
        SocketRelay.abort(channel);
    }
}
