package io.penstock.manager.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.manager.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailurePolicyTest {

    @ParameterizedTest
    @CsvSource({
        "FAIL_OPEN, FAIL_OPEN",
        "REJECT, REJECT",
        "HOLD, HOLD 10s then FAIL_OPEN",
        "HOLD 1ms, HOLD 1ms then FAIL_OPEN",
        "HOLD 1500ms, HOLD 1500ms then FAIL_OPEN",
        "HOLD then REJECT, HOLD 10s then REJECT",
        "HOLD 60s then REJECT, HOLD 1m then REJECT",
        "HOLD 5m then FAIL_OPEN, HOLD 5m then FAIL_OPEN",
    })
    void readsAndShowsAllOfIt(String text, String shown) {
        FailurePolicy policy = FailurePolicy.parse("onAppRefused", text, FailurePolicy.REJECT);

        assertThat(policy).hasToString(shown);
        assertThat(FailurePolicy.parse("onAppRefused", shown, FailurePolicy.REJECT))
                .isEqualTo(policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hold",
                "HOLD ",
                "HOLD 0s",
                "HOLD 10",
                "HOLD 301s",
                "HOLD 999999m",
                "HOLD 10s then HOLD",
                "HOLD 10s REJECT",
                "FAIL_OPEN 10s",
                "REJECT then FAIL_OPEN"
            })
    void refusesTheRestInOneSentence(String text) {
        assertThatThrownBy(() -> FailurePolicy.parse("onGatewayLoss", text, FailurePolicy.FAIL_OPEN))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        "onGatewayLoss: " + (text.isEmpty() ? "empty" : text) + " (expected: FAIL_OPEN,");
    }

    @Test
    void takesTheDefaultForNothing() {
        assertThat(FailurePolicies.DEFAULTS.onAppRefused()).hasToString("HOLD 10s then FAIL_OPEN");
        assertThat(FailurePolicy.parse("onGatewayLoss", null, FailurePolicies.DEFAULTS.onGatewayLoss()))
                .isEqualTo(FailurePolicy.FAIL_OPEN);
    }
}
