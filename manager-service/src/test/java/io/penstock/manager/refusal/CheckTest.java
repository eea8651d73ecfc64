package io.penstock.manager.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"app:8080", "a:1", "127.0.0.1:65535", "[::1]:80", "my-app.shop.svc:80"})
    void takesAHostThatIsNamedAndAPort(String address) {
        assertThat(Check.hostPort("target", address)).isEqualTo(address);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "3000", ":3000", "app", "app:0", "app:65536", "::1:80", "a b:1", "http://a:1", "a:1\n"})
    void refusesTheRestInOneSentence(String address) {
        assertThatThrownBy(() -> Check.hostPort("target", address))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("target: ")
                .hasMessageEndingWith(" (expected: host:port, port 1 to 65535)");
    }

    @Test
    void refusesAHostThatIsLongerThanANameCanBe() {
        String longest = "a".repeat(253);

        assertThat(Check.hostPort("target", longest + ":65535")).hasSize(259);
        assertThatThrownBy(() -> Check.hostPort("target", longest + "a:65535")).isInstanceOf(Refusal.class);
    }
}
