package io.penstock.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.problem.GatewayProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagerRefTest {

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:8080", "ftp://x", "http://", "http://a b", "http://x?y"})
    void refusesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> ManagerRef.parse(url, "/t", Route.RELAY))
                .isInstanceOf(GatewayProblem.class)
                .hasMessageContaining("expected: http://host:port");
    }

    @Test
    void takesTheTokenAsTheFileHoldsItNow() throws IOException {
        Path file = directory.resolve("token");
        ManagerRef manager = ManagerRef.parse("http://x:1/", file.toString(), Route.DIRECT);
        assertThatThrownBy(manager::token).hasMessageContaining("cannot be read");

        Files.writeString(file, "first\n");
        assertThat(manager.token()).isEqualTo("first");

        Files.writeString(file, "second");
        assertThat(manager.token()).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "two\nlines", "with space", "\u00e9"})
    void refusesAFileThatHoldsNoToken(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), content);

        assertThatThrownBy(ManagerRef.parse("http://x:1", file.toString(), Route.RELAY)::token)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("expected: one line");
    }
}
