package io.penstock.bench;

import io.penstock.bench.load.TinyWebApp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code app}: a tiny web app as a process of its own, until it is ended. Startup only. */
@Command(
        name = "app",
        description = "Runs the tiny web app on 127.0.0.1 until it is ended.",
        mixinStandardHelpOptions = true)
final class AppCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on; 0 takes any free one.")
    private int port;

    @Option(names = "--name", paramLabel = "NAME", description = "Who it says it is (default: ${DEFAULT-VALUE}).")
    private String name = "app";

    @Option(names = "--loops", paramLabel = "N", description = "Event loops (default: ${DEFAULT-VALUE}).")
    private int loops = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call().
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (TinyWebApp app = TinyWebApp.start(name, port, loops)) {
            spec.commandLine().getOut().println(name + " listens on 127.0.0.1:" + app.port());
            app.awaitClose();
        }
        return 0;
    }
}
