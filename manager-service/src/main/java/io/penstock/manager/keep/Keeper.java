package io.penstock.manager.keep;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that memory and stores say the same, and that a disk never holds the control loop up for longer than the
 * deadline.
 *
 * <p><b>Two kinds of changes.</b> What somebody <em>asks</em> for is promised by the answer, so it is written first: when that
 * fails or takes too long it is refused, and taken back. What somebody <em>finds</em> (a lease ran out, a link closed) is so
 * whether it can be written or not: it holds in memory, and is written as soon as it can be.
 *
 * <p><b>States</b>, of the one write that there may be:
 *
 * <pre>
 *              keep (found)                          durably (asked)
 *  GOOD        write, wait up to the deadline        the same; refused unless written
 *  LATE        look, do not wait; ended well: GOOD   the same; refused while it is late
 *  FAILED      write once a second, do not wait      write, wait up to the deadline; refused unless written
 * </pre>
 *
 * A batch holds values, so that a late one goes on while memory changes; what changed meanwhile stays unwritten. What was
 * taken back stays unwritten too: should the late write come through after all, the next one undoes it.
 *
 * <p><em>Loop-confined</em>.
 */
public final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<Shelf<?, ?>> shelves;
    private final Writing writing;
    private final Duration deadline;
    private final KeepEvents events;
    private final Supplier<Instant> steady;
    private @Nullable Write underWay;
    private @Nullable String trouble;
    private Instant notBefore = Instant.MIN;

    /** What is being written. <em>Immutable</em>. */
    private record Write(List<? extends Shelf.Batch<?, ?>> batches, Future<?> outcome) {}

    /** @param steady the time by which a failed write is repeated */
    public Keeper(
            List<Shelf<?, ?>> shelves,
            Writing writing,
            Duration deadline,
            KeepEvents events,
            Supplier<Instant> steady) {
        this.shelves = List.copyOf(shelves);
        this.writing = writing;
        this.deadline = deadline;
        this.events = events;
        this.steady = steady;
    }

    /** Fills the memory with what the stores have held. */
    public void restore() {
        shelves.forEach(Shelf::restore);
    }

    /** Makes a change and writes it; returns its answer once that is stored, or takes it back and refuses. */
    public <T> T durably(Supplier<T> change) {
        shelves.forEach(shelf -> shelf.kept().mark());
        try {
            T answer = change.get();
            if (!write(true)) {
                throw new Refusal(
                        RefusalCode.STORE_UNAVAILABLE,
                        Refusal.sentence("state", trouble, "that it can be written down; try again later"));
            }
            shelves.forEach(shelf -> shelf.kept().settle());
            return answer;
        } catch (RuntimeException undone) {
            shelves.forEach(shelf -> shelf.kept().backToMark());
            throw undone;
        }
    }

    /** Writes what has changed, or leaves it for later; it holds in either case. */
    public void keep() {
        if (trouble == null || underWay != null || !steady.get().isBefore(notBefore)) {
            write(false);
        }
        shelves.forEach(shelf -> shelf.kept().settle());
    }

    /** Why nothing can be written at the moment, or null. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Whether the stores have all that there is. */
    private boolean write(boolean asked) {
        if (underWay != null && !outcome(underWay, Duration.ZERO)) {
            return false;
        }
        if (unwritten() == 0) {
            return true;
        }
        List<? extends Shelf.Batch<?, ?>> batches =
                shelves.stream().map(Shelf::batch).toList();
        var begun = new Write(batches, writing.submit(() -> batches.forEach(Shelf.Batch::write)));
        underWay = begun;
        return outcome(begun, asked || trouble == null ? deadline : Duration.ZERO);
    }

    /** Whether the write ended well within this time. */
    private boolean outcome(Write write, Duration patience) {
        boolean written = false;
        try {
            write.outcome().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            written = true;
            underWay = null;
            write.batches().forEach(Shelf.Batch::done);
            events.onWrite(KeepEvents.Outcome.WRITTEN);
            recovered();
        } catch (TimeoutException late) {
            late(patience);
        } catch (ExecutionException failed) {
            underWay = null;
            notBefore = steady.get().plus(PAUSE);
            events.onWrite(KeepEvents.Outcome.FAILED);
            troubled("cannot be written (" + failed.getCause() + ")");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            log.debug("state: interrupted while it was written");
        }
        events.onUnwritten(unwritten());
        return written;
    }

    private void late(Duration patience) {
        if (trouble == null) {
            events.onWrite(KeepEvents.Outcome.LATE);
            troubled("not written within " + patience.toMillis() + " ms");
        }
    }

    private int unwritten() {
        return shelves.stream().mapToInt(shelf -> shelf.kept().countUnwritten()).sum();
    }

    private void troubled(String why) {
        if (trouble == null) {
            log.warn("state: {}; what is found out holds until it can be, requests for changes are refused", why);
        }
        trouble = why;
    }

    private void recovered() {
        if (trouble != null) {
            log.info("state: written again");
        }
        trouble = null;
    }
}
