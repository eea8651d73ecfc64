package io.penstock.bench;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code storm}: one storm against a tiny web app, wherever it is. Startup only. */
@Command(
        name = "storm",
        description = "Sends storms of connections to a tiny web app, and counts.",
        mixinStandardHelpOptions = true)
final class StormCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "http://HOST:PORT of the app, or of what leads to it.")
    @SuppressWarnings("NullAway.Init") // picocli requires it.
    private URI url;

    @Option(names = "--connections", paramLabel = "N", description = "At once (default: ${DEFAULT-VALUE}).")
    private int connections = 2000;

    @Option(names = "--rounds", paramLabel = "N", description = "How often (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "On each connection, one after the other (default: ${DEFAULT-VALUE}, and close).")
    private int requests = 1;

    @Option(names = "--loops", paramLabel = "N", description = "Event loops (default: ${DEFAULT-VALUE}).")
    private int loopCount = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call().
    private CommandSpec spec;

    @Override
    public Integer call() throws UnknownHostException {
        StormPlan plan = StormPlan.keptConnections(target(), connections, rounds, requests);
        try (LoadLoops loops = LoadLoops.start(loopCount)) {
            StormReport report = new Storm(loops).run(plan);
            spec.commandLine().getOut().println(describe(report));
            return report.failed() == 0 ? 0 : 1;
        }
    }

    private InetSocketAddress target() throws UnknownHostException {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        return new InetSocketAddress(InetAddress.getAllByName(url.getHost())[0], port);
    }

    private static String describe(StormReport report) {
        return String.format(
                Locale.ROOT,
                "%d requests, %d failed %s, p50 %.1f ms, p99 %.1f ms, max %.1f ms, %.0f requests/s, answered by %s",
                report.requests(),
                report.failed(),
                report.samples(),
                report.p50Millis(),
                report.p99Millis(),
                report.maxMillis(),
                report.requestsPerSecond(),
                report.answeredBy());
    }
}
