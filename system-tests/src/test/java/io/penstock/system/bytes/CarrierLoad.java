package io.penstock.system.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.BytePattern;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.system.stage.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A storm of short connections beside a large body each way: what every kind of carrier has to bear. Immutable.
 *
 * @param atOnce connections in each wave of the storm
 * @param waves of the storm
 * @param body bytes of each body
 */
public record CarrierLoad(Stage stage, int atOnce, int waves, long body) {
    /** Runs it while the laptop's app has the traffic, and requires that all of it was that app's and whole. */
    public void requireNothingLost() throws Exception {
        Transfer transfer = new Transfer(stage.door(), body);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> hashes = List.of(threads.submit(transfer::up), threads.submit(transfer::down));
            StormReport storm = stage.storm().run(StormPlan.shortConnections(stage.door(), atOnce, waves));

            assertThat(storm.failed())
                    .as("%s %s", storm.failures(), storm.samples())
                    .isZero();
            assertThat(storm.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, (long) atOnce * waves));
            for (Future<String> hash : hashes) {
                assertThat(hash.get()).isEqualTo(BytePattern.sha256(body));
            }
        } finally {
            threads.shutdownNow();
        }
        stage.requireNoStreams();
    }
}
