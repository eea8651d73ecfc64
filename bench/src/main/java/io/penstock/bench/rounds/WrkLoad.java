package io.penstock.bench.rounds;

import io.penstock.bench.peers.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Kept connections by {@code wrk}: each asks again as soon as it is answered. Thread-safe. */
record WrkLoad(int connections, int seconds, Path directory) implements Load {
    @Override
    public String id() {
        return "kept-" + connections;
    }

    @Override
    public String title() {
        return "wrk, " + connections + " kept connections";
    }

    @Override
    public LoadResult run(InetSocketAddress target) throws IOException {
        List<String> command = List.of(
                Program.WRK.path(),
                "-t",
                "1",
                "-c",
                Integer.toString(connections),
                "-d",
                seconds + "s",
                "--timeout",
                "30s",
                "--latency",
                "http://127.0.0.1:" + target.getPort() + "/small");
        Generator.Outcome outcome = Generator.run("wrk", command, directory);
        return outcome.exitCode() == 0
                ? WrkOutput.parse(outcome.output())
                : LoadResult.allFailed(connections, outcome.seconds());
    }
}
