package io.penstock.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One page of {@code docs} with the text that it ought to have.
 *
 * @param name of the file
 * @param test whose run writes it
 *     <p><em>Immutable</em>.
 */
record GeneratedPage(String name, String text, Class<?> test) {

    /** Asks the tests of this package to write their pages instead of comparing them. */
    private static final String WRITE = "penstock.docs.write";

    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

    /** Compares the page with the text; the failure says how to write it. */
    void check() {
        try {
            if (Boolean.getBoolean(WRITE)) {
                Files.writeString(DOCS.resolve(name), text);
            }
            String page = Files.exists(DOCS.resolve(name)) ? Files.readString(DOCS.resolve(name)) : "";
            assertThat(page)
                    .as("docs/%s is not what the code says; write it anew by: %s", name, command())
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String command() {
        return "mvn -q -pl system-tests -am test -Dtest=" + test.getName()
                + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true";
    }
}
