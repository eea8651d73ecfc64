package io.penstock.tunnel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SendWindowTest {

    @Test
    void takesAndIsGranted() {
        SendWindow window = new SendWindow(100);

        window.take(100);
        assertThat(window.available()).isZero();
        assertThat(window.grant(7)).isTrue();

        assertThat(window.available()).isEqualTo(7);
    }

    @Test
    void neverGoesBelowZero() {
        SendWindow window = new SendWindow(10);

        assertThatThrownBy(() -> window.take(11)).hasMessage("take: 11 (expected: 0 to 10)");
        assertThatThrownBy(() -> window.take(-1)).hasMessage("take: -1 (expected: 0 to 10)");
        assertThatThrownBy(() -> new SendWindow(-1)).hasMessage("initial: -1 (expected: >= 0)");
        assertThat(window.available()).isEqualTo(10);
    }

    @Test
    void refusesGrantsThatOverflowOrGiveNothing() {
        SendWindow window = new SendWindow(1);

        assertThat(window.grant(0)).isFalse();
        assertThat(window.grant(-5)).isFalse();
        assertThat(window.grant(Integer.MAX_VALUE)).isFalse();
        assertThat(window.grant(Integer.MAX_VALUE - 1)).isTrue();
        assertThat(window.grant(1)).isFalse();
        assertThat(window.available()).isEqualTo(Integer.MAX_VALUE);
    }
}
