package io.penstock.bench.rounds;

import io.penstock.bench.peers.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Short connections by {@code ab}: one request on each. Thread-safe. */
record AbLoad(int concurrency, int requests, Path directory) implements Load {
    @Override
    public String id() {
        return "short-" + concurrency;
    }

    @Override
    public String title() {
        return "ab, a connection for each request, " + concurrency + " at once";
    }

    @Override
    public LoadResult run(InetSocketAddress target) throws IOException {
        Path percentiles = directory.resolve("ab.csv");
        Files.deleteIfExists(percentiles);
        List<String> command = List.of(
                Program.AB.path(),
                "-q",
                "-r",
                "-s",
                "15",
                "-c",
                Integer.toString(concurrency),
                "-n",
                Integer.toString(Math.max(requests, concurrency)),
                "-e",
                percentiles.toString(),
                "http://127.0.0.1:" + target.getPort() + "/small");
        Generator.Outcome outcome = Generator.run("ab", command, directory);
        return outcome.exitCode() == 0 && Files.exists(percentiles)
                ? AbOutput.parse(outcome.output(), Files.readString(percentiles))
                : LoadResult.allFailed(requests, outcome.seconds());
    }
}
