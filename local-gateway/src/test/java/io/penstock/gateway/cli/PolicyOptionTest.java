package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyOptionTest {

    @ParameterizedTest
    @CsvSource({
        "fail-open, FAIL_OPEN",
        "FAIL_OPEN, FAIL_OPEN",
        "reject, REJECT",
        "hold, HOLD",
        "hold-30s, HOLD 30s",
        "hold 500ms, HOLD 500ms",
        "hold-then-reject, HOLD then REJECT",
        "hold-10s-then-fail-open, HOLD 10s then FAIL_OPEN",
        "HOLD 5m then REJECT, HOLD 5m then REJECT",
    })
    void readsWhatPeopleType(String typed, String words) {
        assertThat(PolicyOption.words(typed)).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "hold-0s", "hold-6m", "hold-10", "hold-10s-reject", "reject-10s"})
    void readsNothingElse(String typed) {
        assertThat(PolicyOption.words(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "FAIL_OPEN, get the original app's answer",
                "REJECT, are reset",
                "HOLD 10s then REJECT, `wait for a while, and then are reset`",
                "HOLD, `wait for a while, and then get the original app's answer`",
            })
    void saysWhatBecomesOfACaller(String words, String fate) {
        assertThat(PolicyOption.fate(words)).isEqualTo(fate);
    }
}
