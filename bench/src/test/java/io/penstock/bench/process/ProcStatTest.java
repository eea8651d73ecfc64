package io.penstock.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class ProcStatTest {
    @TempDir
    private Path directory;

    @Test
    void countsFieldsFromBehindTheName() {
        String line = "42 (a) b (c) S 7 42 42 0 -1 4194304 100 0 0 0 250 50 3 1 20 0 9 0 100 0 0";

        assertThat(ProcLine.parse(line)).isEqualTo(new ProcLine(7, 304, 9));
    }

    @Test
    void readsThisProcess() {
        ProcStat stat = ProcStat.of(ProcessHandle.current().pid());

        assertThat(stat.cpuSeconds()).isPositive();
        assertThat(stat.residentBytes()).isGreaterThan(10_000_000);
        assertThat(stat.threads()).isGreaterThan(5);
        assertThat(stat.descriptors()).isGreaterThan(3);
    }

    @Test
    void addsChildrenToTheirParent() throws IOException {
        List<String> command = List.of("sh", "-c", "sleep 600 & echo $!; wait");
        LaunchSpec spec = new LaunchSpec("shell", command, directory.resolve("shell.log"));

        try (LaunchedProcess shell = LaunchedProcess.start(spec).awaitLog("\n", Duration.ofSeconds(20))) {
            assertThat(ProcStat.of(shell.pid()).threads()).isEqualTo(1);
            assertThat(shell.stat().threads()).isEqualTo(2);
            ProcessHandle.of(Long.parseLong(shell.logTail())).ifPresent(ProcessHandle::destroy);
        }
    }

    @Test
    void isNothingForAProcessThatIsGone() {
        assertThat(ProcStat.ofTree(Long.MAX_VALUE)).isEqualTo(ProcStat.NONE);
    }
}
