package io.penstock.gateway.forward;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room in which streams wait for one target, shared by all event loops that dial it, so that its bounds are those of the
 * target; and whether the target refuses now, so that each time it does is told once.
 *
 * <p><em>Thread-safe</em>.
 */
final class HoldRoom {

    private static final Logger LOG = LoggerFactory.getLogger(HoldRoom.class);
    private static final double NANOS_A_SECOND = 1e9;

    private final InetSocketAddress target;
    private final HoldLimits limits;
    private final Consumer<HoldOutcome> book;
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final AtomicLong refusingSince = new AtomicLong();
    private volatile boolean forgotten;

    HoldRoom(InetSocketAddress target, HoldLimits limits, Consumer<HoldOutcome> book) {
        this.target = target;
        this.limits = limits;
        this.book = book;
    }

    /** Is no longer the target's room, unless somebody waits in it; returns whether that is so. */
    boolean forgetIfEmpty() {
        forgotten = streams.get() == 0;
        return forgotten;
    }

    boolean isForgotten() {
        return forgotten;
    }

    /** Lets a stream in that keeps so many bytes, unless that is too much. */
    boolean enter(long kept) {
        if (streams.incrementAndGet() > limits.streams()) {
            streams.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(kept) > limits.bytes()) {
            leave(kept);
            return false;
        }
        return true;
    }

    /** Somebody inside keeps more. */
    void grow(int more) {
        bytes.addAndGet(more);
    }

    /** Whether those inside keep more than they may: somebody has to go. */
    boolean isOverfull() {
        return bytes.get() > limits.bytes();
    }

    void leave(long kept) {
        streams.decrementAndGet();
        bytes.addAndGet(-kept);
    }

    int streams() {
        return streams.get();
    }

    long bytes() {
        return bytes.get();
    }

    void ended(HoldOutcome outcome) {
        book.accept(outcome);
    }

    /** The target refused a stream that may wait. */
    void refused(long now) {
        if (!refusing.get() && refusing.compareAndSet(false, true)) {
            refusingSince.set(now);
            LOG.info("target {} refuses connections; they wait until it listens", shown());
        }
    }

    /** The target took a connection. */
    void listens(long now) {
        if (refusing.get() && refusing.compareAndSet(true, false)) {
            String seconds = String.format(Locale.ROOT, "%.1f", (now - refusingSince.get()) / NANOS_A_SECOND);
            LOG.info(
                    "target {} listens again after {} s; {} connections wait to be taken", shown(), seconds, streams());
        }
    }

    private String shown() {
        return target.getHostString() + ":" + target.getPort();
    }
}
