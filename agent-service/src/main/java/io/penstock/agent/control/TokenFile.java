package io.penstock.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that holds the bearer token for the manager; read again for each attempt, so that a new token needs no restart.
 *
 * <p><em>Immutable</em>.
 */
public record TokenFile(Path path) {

    /**
     * Reads the token.
     *
     * @throws IOException with one sentence when there is none to read
     */
    public String read() throws IOException {
        String token;
        try {
            token = Files.readString(path).strip();
        } catch (IOException e) {
            throw new IOException(path + ": cannot be read (expected: a file with the manager's bearer token)", e);
        }
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IOException(path + ": holds no token (expected: one line of printable characters)");
        }
        return token;
    }
}
