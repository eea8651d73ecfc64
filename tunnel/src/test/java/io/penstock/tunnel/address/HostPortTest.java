package io.penstock.tunnel.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:3000, 127.0.0.1, 3000, 127.0.0.1:3000",
        ":3000, 127.0.0.1, 3000, 127.0.0.1:3000",
        "3000, 127.0.0.1, 3000, 127.0.0.1:3000",
        "[::1]:3000, ::1, 3000, [::1]:3000",
        "[fe80::1%eth0]:3000, fe80::1%eth0, 3000, [fe80::1%eth0]:3000",
        "[::ffff:10.0.0.1]:3000, ::ffff:10.0.0.1, 3000, [::ffff:10.0.0.1]:3000",
        "my-app.local:65535, my-app.local, 65535, my-app.local:65535",
    })
    void readsWhatPeopleWrite(String text, String host, int port, String written) {
        HostPort parsed = HostPort.parse(text).orElseThrow();

        assertThat(parsed).isEqualTo(new HostPort(host, port));
        assertThat(parsed).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "0",
                "65536",
                "host",
                "host:",
                "a b:1",
                "http://x:1",
                "::1:80",
                "[]:80",
                "[cafe]:80",
                "1.2.3.4:99999999"
            })
    void refusesTheRest(String text) {
        assertThat(HostPort.parse(text)).isEmpty();
        assertThatThrownBy(() -> HostPort.parseNamed(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' (expected: host:port, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3000", ":3000", "app:0"})
    void wantsAHostAndAPortOfWhatIsElsewhere(String text) {
        assertThatThrownBy(() -> HostPort.parseNamed(text)).hasMessageContaining("a port of 1 to 65535");
        assertThat(HostPort.parseNamed("app:3000")).isEqualTo(new HostPort("app", 3000));
        assertThat(HostPort.parseNamed("[::1]:3000")).isEqualTo(new HostPort("::1", 3000));
    }

    @ParameterizedTest
    @CsvSource({"3000, 0.0.0.0:3000", "0, 0.0.0.0:0", "127.0.0.1:0, 127.0.0.1:0", "[::]:80, [::]:80"})
    void listensOnEveryAddressUnlessOneIsNamed(String text, String written) {
        assertThat(HostPort.parseListening(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "65536", "::1:80", "a b:1"})
    void saysInOneSentenceWhereNobodyCanListen(String text) {
        assertThatThrownBy(() -> HostPort.parseListening(text))
                .hasMessage("'" + text
                        + "' (expected: [host:]port, such as 8080 or [::1]:8080, with a port of 0 to 65535)");
    }
}
