package io.penstock.bench.rounds;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.peers.Nginx;
import io.penstock.bench.peers.Program;
import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.ScratchDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The whole benchmark, from starting the peers to the written report. Startup only. */
public final class Benchmark {
    private final Request request;
    private final InstantSource time;
    private final PrintWriter out;
    private final FreePorts ports = new FreePorts();

    /**
     * What to measure. Immutable.
     *
     * @param rounds null for as many as the plan has
     * @param only the loads and peers to run, by name or beginning of it; empty for all
     * @param beside the root of another source tree, built, whose Penstock is measured in the same rounds
     */
    public record Request(boolean quick, @Nullable Integer rounds, Set<String> only, Optional<Path> beside) {
        public Request {
            only = Set.copyOf(only);
            if (rounds != null && rounds < 1) {
                throw new IllegalArgumentException("--rounds: " + rounds + " (expected: 1 or more)");
            }
        }

        /** Refuses what names no load and no peer; nothing would be left out for it. */
        void requireKnown(List<String> names) {
            only.stream()
                    .filter(each -> names.stream().noneMatch(name -> name.startsWith(each)))
                    .findFirst()
                    .ifPresent(each -> {
                        throw new IllegalArgumentException("--only: " + each + " (expected: the beginning of one of "
                                + String.join(", ", names) + ")");
                    });
        }

        boolean wants(String name, Stream<String> kind) {
            List<String> ofThisKind = kind.filter(each -> only.stream().anyMatch(each::startsWith))
                    .toList();
            return ofThisKind.isEmpty() || ofThisKind.contains(name);
        }
    }

    public Benchmark(Request request, InstantSource time, PrintWriter out) {
        this.request = request;
        this.time = time;
        this.out = out;
    }

    /** Lists the lines that say what to install; empty when everything is there. */
    public static List<String> missingPrograms() {
        return Stream.of(Program.values())
                .filter(program -> program.find().isEmpty())
                .map(Program::whenMissing)
                .toList();
    }

    /**
     * Measures, and returns the report.
     *
     * @throws IllegalArgumentException with one sentence when the request names what there is not
     */
    public BenchReport run() throws IOException {
        LoadPlan plan = request.quick() ? LoadPlan.QUICK : LoadPlan.FULL;
        Integer rounds = request.rounds();
        LoadPlan chosen = rounds == null ? plan : plan.withRounds(rounds);
        try (ScratchDirectory scratch = ScratchDirectory.create("bench");
                LoadLoops loops = LoadLoops.start(1);
                Nginx app = startApp(scratch.path())) {
            List<Load> all = chosen.loads(scratch.path(), loops);
            Map<String, PeerSlot.Starter> peers = new Contenders(scratch.path(), ports).before(app, request.beside());
            List<String> ids = all.stream().map(Load::id).toList();
            request.requireKnown(
                    Stream.concat(ids.stream(), peers.keySet().stream()).toList());
            List<Load> loads = all.stream()
                    .filter(load -> request.wants(load.id(), ids.stream()))
                    .toList();
            List<String> names = List.copyOf(peers.keySet());
            peers.keySet().removeIf(name -> !request.wants(name, names.stream()));
            Measurements measured = measure(peers.values(), app, loads, chosen.rounds());
            return new BenchReport(RunInfo.now(time, request.quick(), chosen.rounds()), loads, measured);
        }
    }

    private Nginx startApp(Path scratch) throws IOException {
        Path directory = Files.createDirectory(scratch.resolve("app"));
        ServedFiles.writeAll(Files.createDirectories(directory.resolve("html")));
        return Nginx.start(directory, ports.next());
    }

    private Measurements measure(Collection<PeerSlot.Starter> starters, Nginx app, List<Load> loads, int rounds)
            throws IOException {
        List<PeerSlot> slots = new ArrayList<>();
        try {
            for (PeerSlot.Starter starter : starters) {
                PeerSlot slot = new PeerSlot(starter, app.process());
                slots.add(slot);
                out.println("ready: " + slot.name());
            }
            BenchRun run = new BenchRun(slots, loads, out);
            if (!request.quick()) {
                run.warmUp(name -> name.startsWith(Goals.PENSTOCK));
            }
            return run.run(rounds);
        } finally {
            slots.forEach(PeerSlot::close);
        }
    }
}
