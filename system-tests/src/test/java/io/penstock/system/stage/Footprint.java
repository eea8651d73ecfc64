package io.penstock.system.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.ProcStat;
import io.penstock.bench.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a service holds when its garbage has been collected. Immutable.
 *
 * @param heap bytes of live objects
 * @param resident bytes in RAM, of everything: heap, buffers, code, stacks
 */
public record Footprint(long heap, long resident, int threads, int descriptors) {

    /** Collects the garbage of a service first. */
    public static Footprint of(ServiceProcess service, Path scratch) throws IOException {
        collectGarbage(service, scratch);
        ProcStat stat = service.process().stat();
        return new Footprint(
                (long) Scrape.of(service).heapBytes(), stat.residentBytes(), stat.threads(), stat.descriptors());
    }

    private static void collectGarbage(ServiceProcess service, Path scratch) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String pid = Long.toString(service.process().pid());
        Tool.Outcome outcome = Tool.in(scratch, Duration.ofSeconds(60)).run(List.of(jcmd, pid, "GC.run"));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    @Override
    public String toString() {
        return "heap %.1f MiB, resident %d MiB, %d threads, %d descriptors"
                .formatted(heap / (double) (1 << 20), resident >> 20, threads, descriptors);
    }
}
