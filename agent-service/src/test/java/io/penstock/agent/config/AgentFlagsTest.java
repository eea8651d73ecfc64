package io.penstock.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.agent.capture.Capture;
import io.penstock.tunnel.address.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AgentFlagsTest {

    @Test
    void readsWhatTheReadmeSays() {
        AgentSettings settings = parse("--capture", "8080=127.0.0.1:8081");

        assertThat(settings.captures())
                .containsExactly(new Capture(new HostPort("0.0.0.0", 8080), new HostPort("127.0.0.1", 8081)));
        assertThat(settings.workload()).hasToString("shop/checkout");
        assertThat(settings.manager().address()).hasToString("manager:9090");
        assertThat(settings.adminPort()).isEqualTo(8081);
        assertThat(settings.links().direct()).isEmpty();
        assertThat(settings.links().waits().ready()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.links().waits().link()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.links().waits().resume()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.links().waits().drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.resources().memoryBudget()).isEqualTo(64L << 20);
    }

    @Test
    void readsEveryOtherFlag() {
        AgentSettings settings = parse(
                "--capture=[::1]:80=[::1]:81",
                "--capture=127.0.0.1:0=app:82",
                "--admin-port=0",
                "--link-listen=0.0.0.0:7000",
                "--link-advertise=pod:7001",
                "--ready-wait=0s",
                "--link-wait=250ms",
                "--resume-grace=10m",
                "--drain-grace=2m",
                "--loops=4",
                "--memory-budget=1GiB",
                "--log-level=debug");

        assertThat(settings.captures())
                .map(Capture::toString)
                .containsExactly("[::1]:80=[::1]:81", "127.0.0.1:0=app:82");
        assertThat(settings.adminPort()).isZero();
        assertThat(settings.links().direct().orElseThrow().advertise()).contains(new HostPort("pod", 7001));
        assertThat(settings.links().waits().ready()).isZero();
        assertThat(settings.links().waits().link()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.links().waits().resume()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.links().waits().drain()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.resources()).isEqualTo(new AgentSettings.Resources(4, 1L << 30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--capture=8080 | --capture: '8080' (expected: [host:]port=app host:port",
                "--capture=99999=a:1 | --capture: '99999' (expected: [host:]port, such as 8080 or [::1]:8080, with a port",
                "--capture=8080=a | --capture: 'a' (expected: host:port, such as app:8080 or [::1]:8080, with a port",
                "--capture=::1:80=a:1 | --capture: '::1:80' (expected: [host:]port, such as 8080 or [::1]:8080",
                "--capture=80=a:0 | --capture: 'a:0' (expected: host:port, such as app:8080",
                "--capture=a:80=a:80 | --capture: a:80=a:80 (expected: an app that listens elsewhere)",
                "--workload=checkout | --workload: 'checkout' (expected: namespace/name",
                "--manager=manager | --manager: 'manager' (expected: host:port, such as app:8080",
                "--manager=manager:0 | --manager: 'manager:0' (expected: host:port, such as app:8080",
                "--link-listen=7000 | --link-listen: '7000' (expected: together with --link-advertise",
                "--admin-port=70000 | --admin-port: 70000 (expected: 0 to 65535)",
                "--loops=0 | --loops: 0 (expected: 1 to 64)",
                "--memory-budget=64 | --memory-budget: '64' (expected: a size such as 64MiB",
                "--memory-budget=1KiB | --memory-budget: 1024 bytes (expected: at least 64KiB)",
                "--link-wait=soon | --link-wait: 'soon' (expected: a time such as 500ms",
                "--ready-wait=61s | --ready-wait: '61s' (expected: 0s to 1m)",
                "--resume-grace=999ms | --resume-grace: '999ms' (expected: 1s to 10m)",
                "--resume-grace=11m | --resume-grace: '11m' (expected: 1s to 10m)",
                "--link-advertise=a:1 | --link-advertise: 'a:1' (expected: together with --link-listen)"
            })
    void saysInOneSentenceWhatIsWrong(String flag, String sentence) {
        assertThatThrownBy(() -> parse("--capture=1234=app:1", flag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesAPortThatIsCapturedTwice() {
        assertThatThrownBy(() -> parse("--capture=80=a:1", "--capture=127.0.0.1:80=b:1"))
                .hasMessageContaining("port 80 is captured twice");
    }

    private static AgentSettings parse(String... extra) {
        List<String> arguments = new ArrayList<>(List.of(extra));
        addDefault(arguments, "--workload", "shop/checkout");
        addDefault(arguments, "--manager", "manager:9090");
        addDefault(arguments, "--token-file", "/token");
        AgentFlags flags = new AgentFlags();
        new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments.toArray(String[]::new));
        return flags.settings();
    }

    private static void addDefault(List<String> arguments, String flag, String value) {
        if (arguments.stream().noneMatch(argument -> argument.startsWith(flag))) {
            arguments.add(flag + "=" + value);
        }
    }
}
