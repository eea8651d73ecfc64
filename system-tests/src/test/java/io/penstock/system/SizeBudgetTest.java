package io.penstock.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The size limits of the house style, which are a test and not a wish. */
class SizeBudgetTest {

    private static final int FILE_LINES = 300;
    private static final int TEST_LINES = 500;
    private static final int YML_LINES = 30;

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void noSourceFileIsLongerThanItsLimit() throws IOException {
        List<String> tooLong = files(".java").stream()
                .filter(file -> lines(file) > (isTest(file) ? TEST_LINES : FILE_LINES))
                .map(file -> ROOT.relativize(file) + ": " + lines(file) + " lines")
                .toList();

        assertThat(tooLong).as("files above the limit").isEmpty();
    }

    @Test
    void noApplicationYmlHoldsMoreThanDifferencesFromDefaults() throws IOException {
        List<Path> tooLong = files("application.yml").stream()
                .filter(file -> lines(file) >= YML_LINES)
                .toList();

        assertThat(tooLong).as("application.yml of 30 lines and more").isEmpty();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }
    }

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/");
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
