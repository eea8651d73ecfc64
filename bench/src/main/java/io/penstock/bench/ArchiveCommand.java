package io.penstock.bench;

import io.penstock.bench.process.Rehearsal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code archive}: makes what lets every process start faster. Startup only. */
@Command(
        name = "archive",
        description = {
            "Runs every process once and keeps an archive of the classes that it loaded beside its jar. Later starts take"
                    + " a fraction of the time. An archive that does not fit the jars or the JDK is not used.",
        },
        mixinStandardHelpOptions = true)
final class ArchiveCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        new Rehearsal().run();
        return 0;
    }
}
