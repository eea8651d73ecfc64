package io.penstock.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.forward.AddressLookup;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.tunnel.address.HostPort;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name service that answers nobody until the test ends. */
@Timeout(60)
class GatewayThreadsTest {

    private static final int MANY = 10_000;

    private final GatewayThreads threads = new GatewayThreads(1);
    private final CompletableFuture<InetAddress[]> silence = new CompletableFuture<>();

    @AfterEach
    void close() {
        silence.complete(new InetAddress[0]);
        threads.close();
    }

    @Test
    void looksLinksUpWhileNobodyAnswersForTargets() throws Exception {
        keepBusy(threads.targetLookups(), 100);

        CompletableFuture<String> link = CompletableFuture.supplyAsync(() -> "asked", threads.linkLookups());

        assertThat(link.get(20, TimeUnit.SECONDS)).isEqualTo("asked");
    }

    @Test
    void refusesALookupRatherThanKeepAnyNumberWaiting() {
        assertThatThrownBy(() -> keepBusy(threads.targetLookups(), MANY))
                .isInstanceOf(RejectedExecutionException.class);
        AddressLookup lookup = new AddressLookup(threads.targetLookups(), host -> silence.join());

        CompletableFuture<?> refused = lookup.find(new HostPort("api", 3000));

        assertThat(refused)
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(GatewayProblem.class)
                .withMessage("look-up of api:3000: not begun, too many wait (expected: a name service that answers)");
        assertThat(lookup.find(new HostPort("127.0.0.1", 3000))).isCompleted();
    }

    @Test
    void takesNoOffenceAtAQuestionWhileTheServiceEnds() {
        threads.close();

        assertThatCode(() -> keepBusy(threads.linkLookups(), 1)).doesNotThrowAnyException();
    }

    private void keepBusy(Executor lookups, int questions) {
        for (int i = 0; i < questions; i++) {
            lookups.execute(silence::join);
        }
    }
}
