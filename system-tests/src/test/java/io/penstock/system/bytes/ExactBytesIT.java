package io.penstock.system.bytes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.load.BytePattern;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** B1: large bodies arrive as they were sent. */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExactBytesIT {
    private static final long LARGE = 256L << 20;
    private static final long MEDIUM = 20L << 20;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    private static Diversion diversion;

    @BeforeAll
    static void intercept() throws IOException {
        diversion = STAGE.divert(STAGE.laptop());
    }

    @AfterAll
    static void leave() throws IOException {
        STAGE.requireNoStreams();
        diversion.close();
    }

    @Test
    void carriesALargeBodyUpUnaltered() throws IOException {
        assertThat(new Transfer(STAGE.door(), LARGE).up()).isEqualTo(BytePattern.sha256(LARGE));
    }

    @Test
    void carriesALargeBodyDownUnaltered() throws IOException {
        assertThat(new Transfer(STAGE.door(), LARGE).down()).isEqualTo(BytePattern.sha256(LARGE));
    }

    @Test
    void carriesLargeBodiesBothWaysAtOnceUnaltered() throws Exception {
        Transfer transfer = new Transfer(STAGE.door(), LARGE);

        List<String> hashes = atOnce(List.of(transfer::up, transfer::down));

        assertThat(hashes).containsOnly(BytePattern.sha256(LARGE));
    }

    @Test
    void carriesThirteenUploadsAtOnceUnaltered() throws Exception {
        Transfer transfer = new Transfer(STAGE.door(), MEDIUM);
        List<Callable<String>> uploads = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            uploads.add(transfer::up);
        }

        List<String> hashes = atOnce(uploads);

        assertThat(hashes).hasSize(13).containsOnly(BytePattern.sha256(MEDIUM));
    }

    private static List<String> atOnce(List<Callable<String>> transfers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(transfers.size());
        try {
            List<String> hashes = new ArrayList<>();
            for (Future<String> hash : threads.invokeAll(transfers)) {
                hashes.add(hash.get());
            }
            return hashes;
        } finally {
            threads.shutdownNow();
        }
    }
}
