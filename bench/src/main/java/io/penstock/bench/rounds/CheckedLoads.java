package io.penstock.bench.rounds;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.PacedLoad;
import io.penstock.bench.load.PacedPlan;
import io.penstock.bench.load.SideStream;
import io.penstock.bench.load.Storm;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The loads of our own generators, which check every byte. Immutable. */
final class CheckedLoads {
    private static final int FAST_STREAMS = 200;

    private CheckedLoads() {}

    /** Downloads of 10 MiB on kept connections. */
    record Download(int parallel, int each, LoadLoops loops) implements Load {
        @Override
        public String id() {
            return "download-" + parallel;
        }

        @Override
        public String title() {
            return "10 MiB bodies, " + parallel + " at once";
        }

        @Override
        public LoadResult run(InetSocketAddress target) {
            StormPlan plan = StormPlan.keptConnections(target, parallel, 1, each)
                    .asking(ServedFiles.ASK_BIG.path(), ServedFiles.ASK_BIG.check())
                    .within(Duration.ofSeconds(60));
            return LoadResult.of(new Storm(loops).run(plan), ServedFiles.BIG / 1e6);
        }
    }

    /** A fixed rate over 200 kept connections, alone or beside another stream. */
    record Paced(int perSecond, Duration duration, SideStream.@Nullable Kind beside, LoadLoops loops) implements Load {
        @Override
        public String id() {
            return "paced-" + perSecond
                    + (beside == null ? "" : "-beside-" + beside.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public String title() {
            String alone = perSecond + " requests/s over " + FAST_STREAMS + " kept connections";
            return beside == null ? alone : alone + " beside a " + beside.name().toLowerCase(Locale.ROOT) + " stream";
        }

        @Override
        public LoadResult run(InetSocketAddress target) throws IOException {
            PacedPlan plan = new PacedPlan(target, ServedFiles.ASK_SMALL, FAST_STREAMS, perSecond, duration);
            if (beside == null) {
                return LoadResult.of(new PacedLoad(loops).run(plan), 0);
            }
            try (SideStream side = SideStream.open(loops, target, ServedFiles.ASK_BIG, beside)) {
                StormReport report = new PacedLoad(loops).run(plan);
                LoadResult result = LoadResult.of(report, 0);
                return side.isOpen() ? result : LoadResult.allFailed(result.requests(), result.seconds());
            }
        }
    }

    /** Connections that all open in the same instant. */
    record Burst(int connections, int rounds, LoadLoops loops) implements Load {
        @Override
        public String id() {
            return "storm-" + connections;
        }

        @Override
        public String title() {
            return connections + " connections in the same instant, to the last byte";
        }

        @Override
        public LoadResult run(InetSocketAddress target) {
            StormPlan plan = StormPlan.shortConnections(target, connections, rounds)
                    .asking(ServedFiles.ASK_SMALL.path(), ServedFiles.ASK_SMALL.check());
            return LoadResult.of(new Storm(loops).run(plan), 0);
        }
    }
}
