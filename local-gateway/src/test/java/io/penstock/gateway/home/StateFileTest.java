package io.penstock.gateway.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

    private static final Instant START = Instant.parse("2026-11-22T16:00:00Z");

    @TempDir
    Path directory = Path.of("");

    private PenstockHome home = new PenstockHome(Path.of(""));

    @BeforeEach
    void makeHome() {
        home = PenstockHome.of(
                        Map.of(PenstockHome.VARIABLE, directory.resolve("home").toString()))
                .create();
    }

    @Test
    void readsWhatWasWrittenAndNobodyElseCan() throws IOException {
        ServiceState state = new ServiceState(4848, "secret", 12, START);

        new StateFile(home).write(state);

        assertThat(new StateFile(home).read()).contains(state);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.stateFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void replacesAnOlderFile() {
        new StateFile(home).write(new ServiceState(1, "old", 1, START));

        new StateFile(home).write(new ServiceState(2, "new", 2, START));

        assertThat(new StateFile(home).read().orElseThrow().port()).isEqualTo(2);
    }

    @Test
    void removesOnlyItsOwnProcessesFile() {
        new StateFile(home).write(new ServiceState(1, "t", 12, START));

        new StateFile(home).remove(13);
        assertThat(new StateFile(home).read()).isPresent();

        new StateFile(home).remove(12);
        assertThat(new StateFile(home).read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"port\":1,\"token\":\"t\",\"pid\":1,\"startedAt\":\"yesterday\"}",
                "{\"port\":0,\"token\":\"t\",\"pid\":1,\"startedAt\":\"2026-11-22T16:00:00Z\"}"
            })
    void takesHalfAFileForNone(String text) throws IOException {
        Files.writeString(home.stateFile(), text);

        assertThat(new StateFile(home).read()).isEmpty();
    }

    @Test
    void keepsTheTokenOutOfText() {
        assertThat(new ServiceState(4848, "secret", 12, START)).asString().doesNotContain("secret");
        LocalToken token = LocalToken.random();
        assertThat(token.toString()).doesNotContain(token.value());
    }

    @Test
    void tellsALivingProcessFromADeadOne() {
        assertThat(new ServiceState(1, "t", ProcessHandle.current().pid(), START).isAlive())
                .isTrue();
        assertThat(new ServiceState(1, "t", Long.MAX_VALUE, START).isAlive()).isFalse();
    }

    @Test
    void isLockedByOneServiceAtATime() {
        try (HomeLock first = HomeLock.tryTake(home).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(HomeLock.tryTake(home)).isEmpty();
        }
        try (HomeLock next = HomeLock.tryTake(home).orElseThrow()) {
            assertThat(next).isNotNull();
        }
    }
}
