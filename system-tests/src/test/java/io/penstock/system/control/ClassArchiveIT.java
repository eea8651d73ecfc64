package io.penstock.system.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.Jars;
import io.penstock.bench.process.ScratchDirectory;
import io.penstock.system.stage.Stage;
import io.penstock.system.stage.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archives of classes fit the jars that they were made for, and one that does not fit changes nothing. */
@Timeout(value = 300, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClassArchiveIT {
    private static ScratchDirectory scratch;
    private static Tool tool;

    @BeforeAll
    static void makeArchives() throws IOException {
        scratch = ScratchDirectory.create("archive-it");
        tool = Tool.in(scratch.path(), Duration.ofMinutes(4));

        Tool.Outcome made =
                tool.run(List.of(Stage.java(), "-jar", Jars.find().of("bench").toString(), "archive"));

        assertThat(made.exitCode()).as(made.output()).isZero();
    }

    @AfterAll
    static void deleteScratch() {
        scratch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "manager-service,manager.jsa",
        "agent-service,agent.jsa",
        "local-gateway,gateway.jsa",
        "local-gateway,penstock.jsa"
    })
    void aJvmThatMustUseTheArchiveStarts(String module, String archive) throws IOException {
        Path jar = Jars.find().of(module);

        Tool.Outcome outcome = tool.run(List.of(
                Stage.java(),
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + jar.resolveSibling(archive),
                "-cp",
                jar.toString(),
                "-version"));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    @Test
    void aJvmThatTheArchiveDoesNotFitGoesOnInSilence() throws IOException {
        Path other = Jars.find().of("agent-service").resolveSibling("agent.jsa");

        Tool.Outcome outcome = tool.run(List.of(
                Stage.java(),
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + other,
                "-Xlog:cds*=off",
                "-jar",
                Jars.find().of("local-gateway").toString(),
                "version"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().lines()).singleElement().asString().startsWith("penstock ");
    }
}
