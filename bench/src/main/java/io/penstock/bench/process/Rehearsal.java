package io.penstock.bench.process;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.TinyWebApp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One intercept with a few requests, in which every process loads what it will need; archives are made of that. Startup only. */
public final class Rehearsal {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int CALLERS = 20;

    private final Jars jars;
    private final FreePorts ports = new FreePorts();

    public Rehearsal() throws IOException {
        this.jars = Jars.find();
    }

    /** Runs it, and makes the archives. */
    public void run() throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.create("rehearsal")) {
            perform(scratch.path());
            Map<ClassArchive, LaunchedProcess> makers = new EnumMap<>(ClassArchive.class);
            for (ClassArchive archive : ClassArchive.values()) {
                makers.put(archive, archive.begin(jars, scratch.path()));
            }
            for (ClassArchive archive : ClassArchive.values()) {
                archive.finish(jars, Objects.requireNonNull(makers.get(archive)));
            }
        }
    }

    private void perform(Path scratch) throws IOException {
        JvmFlags noting = JvmFlags.FAST_START.plus(
                ClassArchive.MANAGER.noting(scratch),
                ClassArchive.AGENT.noting(scratch),
                ClassArchive.GATEWAY.noting(scratch));
        StackPlan plan =
                StackPlan.of(scratch.resolve("home"), ports.nextAddress()).with(noting);
        try (TinyWebApp app = TinyWebApp.start("rehearsal", 0);
                PenstockStack stack = PenstockStack.start(plan, ports);
                LoadLoops loops = LoadLoops.start(1)) {
            intercept(scratch, stack, app.port());
            new Storm(loops).run(StormPlan.shortConnections(stack.captured(), CALLERS, 1));
        }
    }

    private void intercept(Path scratch, PenstockStack stack, int target) throws IOException {
        List<String> command = jars.command(
                "local-gateway",
                "io.penstock.gateway.cli.PenstockMain",
                ClassArchive.COMMAND.noting(scratch),
                List.of(
                        "intercept",
                        StackPlan.WORKLOAD,
                        "--port",
                        Integer.toString(stack.captured().getPort()),
                        "--to",
                        Integer.toString(target),
                        "--detach"));
        ManagerProcess manager = stack.managerTerms();
        LaunchSpec spec = new LaunchSpec("penstock", command, scratch.resolve("penstock.log"))
                .with("PENSTOCK_HOME", stack.gatewayTerms().home().toString())
                .with("PENSTOCK_MANAGER", manager.restAddress().toString())
                .with("PENSTOCK_TOKEN_FILE", manager.tokenFile().toString());
        LaunchedProcess process = LaunchedProcess.start(spec);
        if (process.awaitExit(LIMIT) != 0) {
            throw new IOException("penstock intercept: failed (expected: an intercept); it says\n" + process.logTail());
        }
    }
}
