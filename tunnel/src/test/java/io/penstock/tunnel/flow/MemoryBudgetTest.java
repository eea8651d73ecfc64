package io.penstock.tunnel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {

    private static final int KIB = 1024;

    private final MemoryBudget budget = new MemoryBudget(64 * KIB);

    @Test
    void passesItsMarksInOrder() {
        assertThat(budget.mayGrow()).isTrue();
        budget.charge(32 * KIB);
        assertThat(budget.mayGrow()).isFalse();
        assertThat(budget.isShort()).isFalse();
        budget.charge(16 * KIB + 1);
        assertThat(budget.isShort()).isTrue();
        assertThat(budget.isExceeded()).isFalse();
        budget.charge(16 * KIB);
        assertThat(budget.isExceeded()).isTrue();

        assertThat(budget.used()).isEqualTo(64 * KIB + 1);
        assertThat(budget.peak()).isEqualTo(64 * KIB + 1);
        assertThat(budget.limit()).isEqualTo(64 * KIB);
    }

    @Test
    void callsOnceWhenAShortageIsOver() {
        AtomicInteger calls = new AtomicInteger();
        Runnable relief = calls::incrementAndGet;
        budget.onRelief(relief);

        budget.charge(48 * KIB);
        budget.release(48 * KIB);
        assertThat(calls).as("it was never short").hasValue(0);

        budget.charge(60 * KIB);
        budget.release(20 * KIB);
        assertThat(calls).as("still more than half").hasValue(0);
        budget.release(10 * KIB);
        budget.release(10 * KIB);
        assertThat(calls).hasValue(1);

        budget.charge(60 * KIB);
        budget.forget(relief);
        budget.release(60 * KIB);
        assertThat(calls).hasValue(1);
    }

    @Test
    void refusesToBeTooSmall() {
        assertThatThrownBy(() -> new MemoryBudget(1)).hasMessage("limit: 1 bytes (expected: >= 16 KiB)");
    }

    @Test
    void refusesPoliciesOutOfBounds() {
        assertThatThrownBy(() -> new CreditPolicy(16 * KIB - 1, 64 * KIB)).hasMessageContaining("16 KiB to maxWindow");
        assertThatThrownBy(() -> new CreditPolicy(65 * KIB, 64 * KIB)).hasMessageContaining("16 KiB to maxWindow");
        assertThatThrownBy(() -> new CreditPolicy(16 * KIB, 65 * KIB * KIB)).hasMessageContaining("at most 64 MiB");
        assertThat(CreditPolicy.defaults().initialWindow()).isEqualTo(64 * KIB);
    }
}
