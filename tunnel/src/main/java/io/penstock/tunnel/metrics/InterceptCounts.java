package io.penstock.tunnel.metrics;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.frame.ResetCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counts of one intercept at this end. Each stream is opened and closed in the same counts.
 *
 * <p><em>Thread-safe</em>.
 */
public final class InterceptCounts {

    private final LongAdder opened = new LongAdder();
    /** One number, not a difference of two: limits are held against it. */
    private final AtomicLong open = new AtomicLong();

    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder failedOpen = new LongAdder();
    private final Map<ResetCode, LongAdder> closed = new EnumMap<>(ResetCode.class);

    InterceptCounts() {
        for (ResetCode code : ResetCode.values()) {
            closed.put(code, new LongAdder());
        }
    }

    void opened() {
        opened.increment();
        open.incrementAndGet();
    }

    void closed(ResetCode code) {
        requireNonNull(closed.get(code)).increment();
        open.decrementAndGet();
    }

    void sent(int bytes) {
        sent.add(bytes);
    }

    void received(int bytes) {
        received.add(bytes);
    }

    /** A connection went to the original app although the intercept was live. */
    public void failedOpen() {
        failedOpen.increment();
    }

    public long streamsOpened() {
        return opened.sum();
    }

    public long streamsOpen() {
        return open.get();
    }

    /** How many streams ended with each code, without those that none ended with. */
    public Map<ResetCode, Long> streamsClosed() {
        Map<ResetCode, Long> byCode = new TreeMap<>();
        closed.forEach((code, count) -> {
            if (count.sum() > 0) {
                byCode.put(code, count.sum());
            }
        });
        return byCode;
    }

    /** Payload bytes sent to the far end. */
    public long bytesSent() {
        return sent.sum();
    }

    /** Payload bytes received from the far end. */
    public long bytesReceived() {
        return received.sum();
    }

    public long connectionsFailedOpen() {
        return failedOpen.sum();
    }
}
