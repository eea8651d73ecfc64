package io.penstock.tunnel.address;

import static org.assertj.core.api.Assertions.assertThat;

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
        "my-app.local:65535, my-app.local, 65535, my-app.local:65535",
    })
    void readsWhatPeopleWrite(String text, String host, int port, String written) {
        HostPort parsed = HostPort.parse(text).orElseThrow();

        assertThat(parsed).isEqualTo(new HostPort(host, port));
        assertThat(parsed).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "0", "65536", "host", "host:", "a b:1", "http://x:1", "::1:80", "1.2.3.4:99999999"})
    void refusesTheRest(String text) {
        assertThat(HostPort.parse(text)).isEmpty();
    }
}
