package io.penstock.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchReportTest {
    @TempDir
    private Path directory;

    private final RunInfo info = new RunInfo(LocalDate.of(2026, 11, 22), false, 5, 2, "Linux");
    private final BenchReport report = new BenchReport(info, List.of(new ShortLoad()), Figures.twoPeers());

    @Test
    void rendersATableWithRatiosToTwoHops() {
        assertThat(report.markdown())
                .contains("| peer | CPU s / 1000 | req/s | p50 ms | p99 ms | RSS MiB | failed |")
                .contains("| penstock | 0.1000 (0.50) | 1,000 (1.00) | 1.00 (1.00) | 2.00 (1.00) | 50 | 0 of 1000 |")
                .contains("| ssh -R | – | – | – | – | 50 | 1000 of 1000 |");
    }

    @Test
    void statesTheCpuOfEveryProcess() {
        assertThat(report.markdown())
                .contains("| penstock: penstock-process | 0.1000 |")
                .contains("| penstock: the app behind it | 0.0300 |");
    }

    @Test
    void keepsQuietAboutGoalsAfterAQuickRound() {
        RunInfo quick = new RunInfo(info.date(), true, 1, 2, "Linux");

        assertThat(MarkdownReport.render(quick, List.of(new ShortLoad()), Figures.twoPeers()))
                .doesNotContain("## Goals");
    }

    @Test
    void statesEveryGoalMetOrNot() {
        assertThat(report.markdown())
                .contains("| P1 | CPU s / 1000 on short-200 ≤ 0.65 x haproxy-2 | 0.50 | met |")
                .contains("| P1 summit | CPU s / 1000 on short-200 ≤ 1.00 x haproxy-1 | 1.11 | not met |");
    }

    @Test
    void rendersEverySampleAsJson() {
        JsonNode root = JsonMapper.shared().readTree(report.json());

        assertThat(root.get("samples")).hasSize(4);
        assertThat(root.get("samples").get(1).get("cpu").asDouble()).isEqualTo(0.1);
        assertThat(root.get("samples").get(3).has("cpu")).isFalse();
        assertThat(root.get("goals").get(0).get("verdict").asString()).isEqualTo("met");
    }

    @Test
    void drawsAChartThatIsXml() throws Exception {
        Document chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report.svg())));

        // Background, three legends, and two panels with three peers, one of which failed in both.
        assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(1 + 3 + 2 * 2);
    }

    @Test
    void writesThreeFilesNamedByDate() throws IOException {
        report.writeTo(directory);

        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder("2026-11-22-full.md", "2026-11-22-full.json", "2026-11-22-full.svg");
    }

    @Test
    void countsOnlyPenstocksFailures() {
        assertThat(report.penstockFailures()).isZero();
    }

    /** A load that is only named. */
    private record ShortLoad() implements Load {
        @Override
        public String id() {
            return "short-200";
        }

        @Override
        public String title() {
            return "short ones";
        }

        @Override
        public LoadResult run(InetSocketAddress target) {
            return LoadResult.allFailed(1, 1);
        }
    }
}
