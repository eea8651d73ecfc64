package io.penstock.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.agent.control.AgentSnapshot.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlValuesTest {

    @TempDir
    Path directory;

    @Test
    void replacesASnapshotByANewerOrEqualRevisionOrAnyOfANewEpoch() {
        Version current = new Version("a", 5);

        assertThat(new Version("a", 6).replaces(current)).isTrue();
        assertThat(new Version("a", 5).replaces(current)).isTrue();
        assertThat(new Version("a", 4).replaces(current)).isFalse();
        assertThat(new Version("b", 1).replaces(current)).isTrue();
    }

    @Test
    void backsOffDoublingUpToTheLongestWithJitter() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        Random random = new Random(1);

        for (int failures = 1; failures < 100; failures++) {
            long whole = Math.min(1000, 100L << Math.min(failures - 1, 10));
            assertThat(backoff.before(failures, random).toMillis()).isBetween(whole / 2, whole);
        }
    }

    @Test
    void readsTheTokenAnewEachTime() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        TokenFile token = new TokenFile(file);
        String first = token.read();
        Files.writeString(file, "second");

        assertThat(first).isEqualTo("first");
        assertThat(token.read()).isEqualTo("second");
    }

    @Test
    void namesTheFileThatHoldsNoToken() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), " \n");

        assertThatThrownBy(() -> new TokenFile(empty).read()).hasMessageContaining("empty: holds no token");
        assertThatThrownBy(() -> new TokenFile(directory.resolve("gone")).read())
                .hasMessageContaining("gone: cannot be read");
    }

    @Test
    void showsNoSecret() {
        LinkSpec.Secret secret = new LinkSpec.Secret(new byte[] {1, 2, 3});

        assertThat(secret).hasToString("secret of 3 bytes").isEqualTo(new LinkSpec.Secret(new byte[] {1, 2, 3}));
    }
}
