package io.penstock.manager.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.manager.ManagerApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** Starts that must fail, each with one sentence. */
final class ManagerStartTest {
    @TempDir
    private Path home;

    private String startWith(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--penstock.manager.home=" + home.resolve("state"),
                "--penstock.manager.relay.port=0",
                "--server.port=0",
                "--management.server.port=0",
                "--spring.grpc.server.port=0"));
        for (String arg : more) {
            String key = arg.substring(0, arg.indexOf('=') + 1);
            args.removeIf(known -> known.startsWith(key));
            args.add(arg);
        }
        Throwable failure =
                catchThrowable(() -> SpringApplication.run(ManagerApplication.class, args.toArray(String[]::new))
                        .close());
        assertThat(failure).as("the start").isNotNull();
        return StartFailure.sentence(failure);
    }

    @Test
    void namesThePortThatIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(startWith("--server.port=" + port)).startsWith("port: " + port + " is in use (expected: ");
            assertThat(startWith("--spring.grpc.server.port=" + port))
                    .startsWith("gRPC address: ")
                    .contains(":" + port + " cannot be bound");
            assertThat(startWith("--penstock.manager.relay.port=" + port))
                    .startsWith("relay: cannot listen on ")
                    .endsWith("see penstock.manager.relay.port");
        }
    }

    @Test
    void namesTheHomeThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");

        assertThat(startWith("--penstock.manager.home=" + file))
                .isEqualTo("penstock.manager.home: " + file + " is a file (expected: a directory)");
    }

    @Test
    void livesInTheHomeThatItSharesWithTheCommand() throws IOException {
        Path file = Files.writeString(home.resolve("manager"), "");

        assertThat(startWith("--penstock.manager.home=", "--PENSTOCK_HOME=" + home))
                .isEqualTo("penstock.manager.home: " + file + " is a file (expected: a directory)");
    }

    @Test
    void asksForAnAdvertisedAddressInsteadOfGuessingOne() {
        assertThat(startWith("--penstock.manager.relay.address=0.0.0.0"))
                .startsWith("penstock.manager.relay.advertised-address: missing (expected: the host:port");
    }
}
