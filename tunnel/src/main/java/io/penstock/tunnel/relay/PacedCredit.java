package io.penstock.tunnel.relay;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.stream.MuxStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a stream gets back for bytes that the socket has taken: at once, or later when they came faster than the {@link Pace} allows.
 * Until then they count as not consumed, so the far side can send no more than the window.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class PacedCredit {

    private final Channel channel;
    private final MuxStream stream;
    private final Pace pace;
    private int owed;
    private @Nullable Future<?> payment;

    PacedCredit(Channel channel, MuxStream stream, Pace pace) {
        this.channel = channel;
        this.stream = stream;
        this.pace = pace;
    }

    /** The socket has taken the bytes, or is gone. */
    void earned(int bytes) {
        long wait = pace.moved(bytes);
        if (owed == 0 && (wait == 0 || !channel.isOpen())) {
            stream.consumed(bytes);
            return;
        }
        if (owed == 0) {
            payment = channel.eventLoop().schedule(this::payAll, wait, TimeUnit.NANOSECONDS);
        }
        owed += bytes;
    }

    /** Every byte is reported once, whatever became of the socket meanwhile. */
    void payAll() {
        int due = owed;
        owed = 0;
        if (payment != null) {
            payment.cancel(false);
            payment = null;
        }
        if (due > 0) {
            stream.consumed(due);
        }
    }
}
