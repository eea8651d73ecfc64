package io.penstock.manager.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.manager.keep.KeepEvents.Outcome;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each cell of the keeper's table of states, with a store whose disk is moved by hand. */
final class KeeperTest {
    private final Kept<String, String> kept = new Kept<>(text -> text);
    private final MemoryStore<String, String> store = new MemoryStore<>(text -> text);
    private final Disk disk = new Disk();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private int unwritten;
    private final Keeper keeper = new Keeper(
            List.of(new Shelf<>(kept, store)),
            disk,
            Duration.ofMillis(20),
            new KeepEvents() {
                @Override
                public void onWrite(Outcome outcome) {
                    outcomes.add(outcome);
                }

                @Override
                public void onUnwritten(int things) {
                    unwritten = things;
                }
            },
            () -> now);

    /** A disk that is good, fails, or takes its time. */
    private static final class Disk implements Writing {
        private @Nullable RuntimeException failure;
        private boolean slow;
        private int asked;
        private final List<Runnable> waiting = new ArrayList<>();

        @Override
        public Future<?> submit(Runnable work) {
            asked++;
            var outcome = new CompletableFuture<Void>();
            Runnable writing = () -> {
                if (failure == null) {
                    work.run();
                    outcome.complete(null);
                } else {
                    outcome.completeExceptionally(failure);
                }
            };
            if (slow) {
                waiting.add(writing);
            } else {
                writing.run();
            }
            return outcome;
        }

        void catchUp() {
            slow = false;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }
    }

    private String ask(String key, String value) {
        return keeper.durably(() -> {
            kept.put(key, value);
            kept.afterwards(() -> said.add(key));
            return value;
        });
    }

    private void assertRefused(String key) {
        assertThatThrownBy(() -> ask(key, "asked"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.STORE_UNAVAILABLE))
                .hasMessageStartingWith("state: ");
        assertThat(kept.find(key)).isEmpty();
        assertThat(said).doesNotContain(key);
    }

    private void find(String key) {
        kept.put(key, "found");
        keeper.keep();
    }

    @Test
    void storesWhatIsAskedForBeforeItIsAnswered() {
        assertThat(ask("a", "1")).isEqualTo("1");

        assertThat(store.load()).isEqualTo(Map.of("a", "1"));
        assertThat(said).containsExactly("a");
        assertThat(outcomes).containsExactly(Outcome.WRITTEN);
        assertThat(unwritten).isZero();
    }

    @Test
    void writesNothingWhenNothingThatLastsHasChanged() {
        ask("a", "1");
        kept.put("a", "1");
        keeper.keep();
        ask("a", "1");

        assertThat(disk.asked).isEqualTo(1);
    }

    @Test
    void takesBackWhatCannotBeWrittenAndSaysNothingOfIt() {
        ask("a", "1");
        disk.failure = new IllegalStateException("No space left on device");

        assertRefused("b");

        assertThatThrownBy(() -> ask("a", "2")).hasMessageContaining("No space left on device");
        assertThat(kept.find("a")).contains("1");
        assertThat(store.load()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void takesBackWhatIsRefusedForAnotherReason() {
        assertThatThrownBy(() -> keeper.durably(() -> {
                    kept.put("a", "1");
                    throw Refusal.invalid("name", "a", "another one");
                }))
                .hasMessageStartingWith("name: a");

        assertThat(kept.all()).isEmpty();
        assertThat(disk.asked).isZero();
    }

    @Test
    void holdsWhatIsFoundAndWritesItOnceItCanOnceASecond() {
        disk.failure = new IllegalStateException("No space left on device");

        find("a");
        keeper.keep();
        keeper.keep();

        assertThat(kept.find("a")).contains("found");
        assertThat(disk.asked).isEqualTo(1);
        assertThat(unwritten).isEqualTo(1);
        assertThat(keeper.trouble()).contains("No space left on device");

        disk.failure = null;
        now = now.plusSeconds(1);
        keeper.keep();
        keeper.keep();

        assertThat(store.load()).isEqualTo(Map.of("a", "found"));
        assertThat(keeper.trouble()).isNull();
        assertThat(unwritten).isZero();
        assertThat(outcomes).containsExactly(Outcome.FAILED, Outcome.WRITTEN);
    }

    @Test
    void waitsOnceForASlowDiskAndThenOnlyLooks() {
        disk.slow = true;

        find("a");
        find("b");
        assertRefused("c");
        assertThat(disk.asked).isEqualTo(1);
        assertThat(outcomes).containsExactly(Outcome.LATE);

        disk.catchUp();
        keeper.keep();

        assertThat(store.load()).isEqualTo(Map.of("a", "found", "b", "found"));
        assertThat(keeper.trouble()).isNull();
    }

    @Test
    void undoesARefusedChangeThatCameThroughAfterAll() {
        ask("a", "1");
        disk.slow = true;
        assertRefused("b");

        disk.catchUp();
        assertThat(store.load()).isEqualTo(Map.of("a", "1", "b", "asked"));
        keeper.keep();

        assertThat(store.load()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void writesWhatChangedWhileAnOlderValueWasWritten() {
        disk.slow = true;
        find("a");
        kept.put("a", "newer");

        disk.catchUp();
        keeper.keep();

        assertThat(store.load()).isEqualTo(Map.of("a", "newer"));
    }

    @Test
    void removesWhatIsNoMore() {
        ask("a", "1");
        kept.remove("a");
        keeper.keep();

        assertThat(store.load()).isEmpty();
    }

    @Test
    void takesOverWhatTheStoreHoldsAndDoesNotWriteItAgain() {
        ask("a", "1");
        var again = new Kept<String, String>(text -> text);
        var next =
                new Keeper(List.of(new Shelf<>(again, store)), disk, Duration.ofMillis(20), KeepEvents.NONE, () -> now);

        next.restore();
        next.keep();

        assertThat(again.all()).containsExactly("1");
        assertThat(disk.asked).isEqualTo(1);
    }
}
