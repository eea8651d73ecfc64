package io.penstock.manager.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {
    @TempDir
    private Path parent;

    private StateDirectory open() {
        return new StateDirectory(parent.resolve("home").toString(), new SecureRandom());
    }

    @Test
    void makesSecretsThatOnlyTheirOwnerCanReadAndKeepsThem() throws IOException {
        BearerToken token = open().token();
        byte[] key = open().joinKey();
        String value = Files.readString(parent.resolve("home/token")).strip();

        assertThat(value).hasSize(43);
        assertThat(token.isShownBy("Bearer " + value)).isTrue();
        assertThat(open().token().isShownBy("bearer " + value)).isTrue();
        assertThat(open().joinKey()).isEqualTo(key).hasSize(32);
        for (String file : List.of("token", "join-key")) {
            assertThat(Files.getPosixFilePermissions(parent.resolve("home").resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        try (var files = Files.list(parent.resolve("home"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void letsNobodyInWithoutTheWholeToken() throws IOException {
        BearerToken token = open().token();
        String value = Files.readString(parent.resolve("home/token")).strip();

        assertThat(token.isShownBy(null)).isFalse();
        assertThat(token.isShownBy("")).isFalse();
        assertThat(token.isShownBy("Bearer ")).isFalse();
        assertThat(token.isShownBy(value)).isFalse();
        assertThat(token.isShownBy("Basic " + value)).isFalse();
        assertThat(token.isShownBy("Bearer " + value.substring(1))).isFalse();
        assertThat(token.isShownBy("Bearer " + value + "x")).isFalse();
    }

    @Test
    void saysInOneSentenceWhatIsWrongWithItsFiles() throws IOException {
        Files.createDirectories(parent.resolve("home"));
        Files.writeString(parent.resolve("home/token"), "short\n");
        Files.writeString(parent.resolve("home/join-key"), "c2hvcnQ\n");

        assertThatThrownBy(() -> open().token())
                .isInstanceOf(StartRefused.class)
                .hasMessageEndingWith(
                        "token: 5 characters (expected: one token of 16 to 512 printable characters without a space)");
        assertThatThrownBy(() -> open().joinKey())
                .hasMessageEndingWith("join-key: 5 bytes (expected: 32 in base64url)");
    }

    @Test
    void saysWhenItsPlaceIsAFile() throws IOException {
        Files.writeString(parent.resolve("home"), "a file");

        assertThatThrownBy(this::open)
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("penstock.manager.home: ")
                .hasMessageEndingWith("is a file (expected: a directory)");
    }
}
