package io.penstock.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconnectPolicyTest {

    private static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), 0.5);

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "6, 3200", "7, 5000", "40, 5000", "2000000000, 5000"})
    void doublesUpToTheLongestWait(int failures, long millis) {
        assertThat(POLICY.delay(failures, 0)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void letsChanceTakeItsShare() {
        assertThat(POLICY.delay(1, 1)).isEqualTo(Duration.ofMillis(50));
        assertThat(POLICY.delay(1, 0.5)).isEqualTo(Duration.ofMillis(75));
    }

    @Test
    void refusesNonsense() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new ReconnectPolicy(Duration.ZERO, second, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReconnectPolicy(second, Duration.ofMillis(1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReconnectPolicy(second, second, Double.NaN));
    }
}
