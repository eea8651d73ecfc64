package io.penstock.bench.demo;

import io.penstock.bench.config.Deadline;
import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.config.Stopwatch;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.PenstockStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The main job in one go: intercept, storm, leave, and a table that says whether anything was lost. Startup only. */
public final class Demo {
    private static final Duration STREAMS_END = Duration.ofSeconds(10);
    private static final int KEPT_REQUESTS = 10;
    private static final int KEPT_CONNECTIONS = 1000;

    private final DemoPlan plan;
    private final Narrator narrator;
    private final List<DemoRow> rows = new ArrayList<>();

    public Demo(DemoPlan plan, PrintWriter out, boolean terminal) {
        this.plan = plan;
        this.narrator = new Narrator(out, terminal);
    }

    /** Runs it; says whether everything went as it should. */
    public boolean run() throws IOException {
        narrator.print(DemoWords.OPENING);
        narrator.say("Starting two tiny apps, the manager, the agent and the gateway ...");
        try (DemoStage stage = DemoStage.set();
                LoadLoops loops = LoadLoops.start(1)) {
            narrator.say("Ready. Callers of shop/checkout connect to "
                    + DemoWords.url(stage.stack().captured()) + ".");
            perform(stage, new Storm(loops));
            DemoTable table = new DemoTable(rows);
            narrator.print("\n" + table.render() + "\n");
            narrator.say(DemoWords.verdict(table));
            if (plan.stay()) {
                stay(stage);
            }
            return table.isGood();
        }
    }

    private void perform(DemoStage stage, Storm storm) throws IOException {
        PenstockStack stack = stage.stack();
        few(stack, storm, "before the intercept");
        narrator.say("Intercepting shop/checkout for the laptop's app at " + DemoWords.url(stage.laptop()) + " ...");
        String id = stack.intercept(stage.laptop());
        narrator.say("Intercept " + id + " is ACTIVE.");
        storm(stack, storm);
        keep(stack, storm);
        narrator.say("Leaving the intercept ...");
        stack.leave(id);
        few(stack, storm, "after leaving");
    }

    private void few(PenstockStack stack, Storm storm, String what) {
        StormReport report = storm.run(StormPlan.shortConnections(stack.captured(), 20, 1));
        rows.add(new DemoRow(what, report, DemoStage.CLUSTER, Map.of()));
        narrator.say(
                "20 requests " + what + ", answered by " + report.answeredBy().keySet() + ".");
    }

    private void storm(PenstockStack stack, Storm storm) throws IOException {
        StormPlan one = StormPlan.shortConnections(stack.captured(), plan.concurrency(), 1);
        narrator.say("Storm: " + plan.concurrency() + " connections in the same instant, " + plan.length() + " ...");
        Stopwatch watch = Stopwatch.started();
        StormReport report = StormReport.EMPTY;
        int round = 0;
        while (plan.goesOn(round, watch.elapsed(), narrator.elapsed())) {
            report = report.plus(storm.round(one));
            round++;
            narrator.hint("round " + round + ": " + report.requests() + " requests, " + report.failed() + " failed");
        }
        if (plan.wasCut(round)) {
            narrator.say(
                    round + " rounds is what this machine does in the time; --rounds 50 takes as long as it takes.");
        }
        finish("storm, " + plan.concurrency() + " x " + round, report, stack);
    }

    private void keep(PenstockStack stack, Storm storm) throws IOException {
        int connections = Math.min(plan.concurrency(), KEPT_CONNECTIONS);
        narrator.say(connections + " kept connections, " + KEPT_REQUESTS + " requests on each ...");
        StormPlan kept = StormPlan.keptConnections(stack.captured(), connections, 1, KEPT_REQUESTS);
        finish("kept, " + connections + " x " + KEPT_REQUESTS, storm.run(kept), stack);
    }

    private void finish(String what, StormReport report, PenstockStack stack) throws IOException {
        Map<String, Long> open = stack.awaitNoStreams(STREAMS_END);
        rows.add(new DemoRow(what, report, DemoStage.LAPTOP, open));
        narrator.say(DemoWords.outcome(report));
    }

    private void stay(DemoStage stage) throws IOException {
        stage.stack().intercept(stage.laptop());
        narrator.print(DemoWords.staying(DemoWords.Places.of(stage)));
        Deadline.in(Duration.ofDays(365)).elapse();
    }
}
