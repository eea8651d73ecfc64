package io.penstock.tunnel.flow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that one process may hold for all its links: received and not consumed, accepted and not sent, sent and not
 * acknowledged. Three marks, so that the remedies come in order and none of them can block the one after:
 *
 * <ul>
 *   <li>above a half, windows no longer grow;
 *   <li>above three quarters ({@link #isShort}), connections are not read and windows shrink. Carriers still are, so the credit
 *       that lets queues drain still arrives;
 *   <li>above the whole ({@link #isExceeded}), carriers are not read either and new streams are refused.
 * </ul>
 *
 * <p>The budget may be passed by what is in flight when the mark is reached: one read per connection and carrier.
 *
 * <p><em>Thread-safe</em>.
 */
public final class MemoryBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicBoolean reliefDue = new AtomicBoolean();
    private final List<Runnable> reliefListeners = new CopyOnWriteArrayList<>();

    public MemoryBudget(long limit) {
        if (limit < CreditPolicy.MIN_WINDOW) {
            throw new IllegalArgumentException("limit: " + limit + " bytes (expected: >= 16 KiB)");
        }
        this.limit = limit;
    }

    /** Adds bytes that are now held. Never refuses: the callers look at the marks before they take more. */
    public void charge(long bytes) {
        long now = used.addAndGet(bytes);
        if (now > limit / 4 * 3) {
            reliefDue.set(true);
            peak.accumulateAndGet(now, Math::max);
        }
    }

    /** Gives back bytes that are no longer held; calls the relief listeners when memory is no longer short. */
    public void release(long bytes) {
        long now = used.addAndGet(-bytes);
        if (now <= limit / 2 && reliefDue.get() && reliefDue.compareAndSet(true, false)) {
            reliefListeners.forEach(Runnable::run);
        }
    }

    /** Calls {@code listener}, on whatever thread gave bytes back, each time a shortage is over. It must only hop elsewhere. */
    public void onRelief(Runnable listener) {
        reliefListeners.add(listener);
    }

    /** Ends what {@link #onRelief} began. */
    public void forget(Runnable listener) {
        reliefListeners.remove(listener);
    }

    public boolean mayGrow() {
        return used.get() < limit / 2;
    }

    public boolean isShort() {
        return used.get() > limit / 4 * 3;
    }

    public boolean isExceeded() {
        return used.get() > limit;
    }

    public long limit() {
        return limit;
    }

    /** Bytes held now. */
    public long used() {
        return used.get();
    }

    /** The most bytes held at once while memory was short; 0 when it never was. */
    public long peak() {
        return peak.get();
    }
}
