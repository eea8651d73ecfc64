package io.penstock.tunnel.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUsageTest {

    private static final ServiceUsage USAGE = ServiceUsage.of("some-service", ServiceUsageTest.class, "Usage: ...\n");

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void printsTheUsageWhateverElseIsThere(String word) {
        assertThat(USAGE.answer("--server.port=0", word)).contains("Usage: ...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version"})
    void namesItsVersion(String word) {
        assertThat(USAGE.answer(word)).contains("some-service dev");
    }

    @Test
    void startsWithSettingsAlone() {
        assertThat(USAGE.answer()).isEmpty();
        assertThat(USAGE.answer("--server.port=0", "--debug")).isEmpty();
        assertThat(USAGE.refusal("--server.port=0", "--some.text=a=b", "--debug"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8081", "-p", "server.port=1", "--", "--=1", ""})
    void refusesWhatIsNoSetting(String argument) {
        assertThat(USAGE.refusal("--server.port=0", argument))
                .contains("argument: " + argument + " (expected: --KEY=VALUE; --help lists the main ones)");
    }
}
