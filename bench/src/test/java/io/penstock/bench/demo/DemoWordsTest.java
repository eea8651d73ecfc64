package io.penstock.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.Loopback;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DemoWordsTest {
    @Test
    void tellsASecondTerminalWhichManagerAndWhichToken() {
        DemoWords.Places at = new DemoWords.Places(
                Loopback.at(8001),
                Loopback.at(8002),
                Loopback.at(8003),
                Path.of("/demo/home"),
                URI.create("http://127.0.0.1:8004"),
                Path.of("/demo/manager/token"),
                URI.create("http://127.0.0.1:8005"));

        assertThat(DemoWords.staying(at).lines().map(String::strip))
                .contains(
                        "export PENSTOCK_HOME=/demo/home",
                        "export PENSTOCK_MANAGER=http://127.0.0.1:8004",
                        "export PENSTOCK_TOKEN_FILE=/demo/manager/token")
                .anyMatch(line -> line.startsWith("curl http://127.0.0.1:8001 "))
                .anyMatch(line -> line.startsWith("curl http://127.0.0.1:8005/actuator/prometheus "))
                .anyMatch(line -> line.startsWith("./penstock list "));
    }
}
