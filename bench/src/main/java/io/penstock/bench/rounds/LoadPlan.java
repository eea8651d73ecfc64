package io.penstock.bench.rounds;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.SideStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of each load is sent, and how often. Immutable.
 *
 * @param rounds whose medians count
 * @param concurrency of the short connections
 * @param shortRequests of each of those loads
 * @param seconds of each load that goes by time
 * @param downloads of 10 MiB in all
 */
record LoadPlan(int rounds, List<Integer> concurrency, int shortRequests, int seconds, int downloads) {
    static final LoadPlan FULL = new LoadPlan(5, List.of(50, 200, 1000, 5000), 20_000, 3, 64);
    static final LoadPlan QUICK = new LoadPlan(1, List.of(200), 2_000, 1, 8);

    LoadPlan withRounds(int number) {
        return new LoadPlan(number, concurrency, shortRequests, seconds, downloads);
    }

    List<Load> loads(Path directory, LoadLoops loops) {
        List<Load> all = new ArrayList<>();
        concurrency.forEach(each -> all.add(new AbLoad(each, shortRequests, directory)));
        all.add(new WrkLoad(100, seconds, directory));
        all.add(new WrkLoad(1000, seconds, directory));
        all.add(new CheckedLoads.Download(1, downloads / 2, loops));
        all.add(new CheckedLoads.Download(8, downloads / 8, loops));
        all.add(paced(null, loops));
        all.add(paced(SideStream.Kind.STALLED, loops));
        all.add(paced(SideStream.Kind.BULK, loops));
        all.add(new CheckedLoads.Burst(2000, Math.min(3, seconds), loops));
        return List.copyOf(all);
    }

    private Load paced(SideStream.@Nullable Kind beside, LoadLoops loops) {
        return new CheckedLoads.Paced(2000, Duration.ofSeconds(seconds), beside, loops);
    }
}
