package io.penstock.system.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.process.ServiceProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What agent, manager and gateway held at one moment, when nothing was going on. Immutable. */
public record Footprints(Map<String, Footprint> ofServices) {
    // A pool's thread or a kept connection to another part, more or fewer.
    private static final int FEW = 8;

    public static Footprints of(Stage stage) throws IOException {
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        for (ServiceProcess service : stage.services()) {
            footprints.put(service.process().name(), Footprint.of(service, stage.home()));
        }
        return new Footprints(footprints);
    }

    /** Requires that no service has grown by more than this since then, in bytes of heap and in bytes of RAM. */
    public void requireNoGrowthSince(Footprints earlier, long heap, long resident) {
        ofServices.forEach((service, now) -> {
            Footprint then = earlier.of(service);
            System.out.println(service + ": " + now + "; before: " + then);
            assertThat(now.heap() - then.heap())
                    .as("growth of the heap, " + service)
                    .isLessThan(heap);
            assertThat(now.resident() - then.resident())
                    .as("growth in RAM, " + service)
                    .isLessThan(resident);
            assertThat(now.threads()).as("threads, " + service).isLessThanOrEqualTo(then.threads() + FEW);
            assertThat(now.descriptors()).as("descriptors, " + service).isLessThanOrEqualTo(then.descriptors() + FEW);
        });
    }

    public Footprint of(String service) {
        Footprint found = ofServices.get(service);
        if (found == null) {
            throw new IllegalArgumentException(
                    "service: " + service + " (expected: one of " + ofServices.keySet() + ")");
        }
        return found;
    }
}
