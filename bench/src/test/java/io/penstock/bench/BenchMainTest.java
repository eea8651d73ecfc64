package io.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What cannot be meant ends in one sentence, before anything is started. */
final class BenchMainTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo --rounds 0               | --rounds: 0 (expected: 1 or more) (see ./penstock demo --help)
            demo --rounds -1              | --rounds: -1 (expected: 1 or more) (see ./penstock demo --help)
            demo --duration 0             | --duration: 0 (expected: 1 second or more) (see ./penstock demo --help)
            demo --concurrency 0          | --concurrency: 0 (expected: 1 to 8000) (see ./penstock demo --help)
            bench --quick --rounds 0      | --rounds: 0 (expected: 1 or more) (see ./penstock bench --help)
            """)
    void refusesWhatCannotBeMeant(String line, String sentence) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                BenchMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

        int status = command.execute(line.split(" "));

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().strip()).isEqualTo(sentence);
        assertThat(out.toString()).isEmpty();
    }
}
