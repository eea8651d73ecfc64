package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.CarrierWay;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CarrierMemoryTest {

    private static final String RELAY = "relay.example:7070";
    private static final InetSocketAddress THERE = InetSocketAddress.createUnresolved("relay.example", 7070);
    private static final CarrierWay TCP = CarrierWay.plain(THERE);
    private static final CarrierWay CALL = new CarrierWay.Call(THERE, Optional.empty(), "token");

    private final AtomicLong now = new AtomicLong();
    private final CarrierMemory memory = new CarrierMemory(now::get);

    private static TunnelException failure(String code) {
        return new TunnelException(code, "it failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIAL_FAILED", "REFUSED_72", "CERTIFICATE_REQUIRED"})
    void countsAWayThatHasReachedNoRelay(String code) {
        memory.note(RELAY, false, failure(code));
        assertThat(memory.prefersCalls(RELAY)).isTrue();

        memory.note(RELAY, true, failure(code));
        assertThat(memory.prefersCalls(RELAY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TOKEN_EXPIRED", "OVERLOADED", "TLS_REQUIRED", "PAIRING_TIMEOUT", "LINK_LOST", "PROTOCOL_ERROR"})
    void countsARelayThatAnsweredAsReached(String code) {
        memory.note(RELAY, false, failure(code));
        assertThat(memory.prefersCalls(RELAY)).isFalse();

        memory.note(RELAY, false, failure("DIAL_FAILED"));
        memory.note(RELAY, true, failure(code));
        assertThat(memory.prefersCalls(RELAY)).isTrue();

        memory.note(RELAY, false, failure(code));
        assertThat(memory.prefersCalls(RELAY)).isFalse();
    }

    @Test
    void learnsNothingFromCertificatesNorFromDialsThatDidNotEnd() {
        for (Throwable failure : new Throwable[] {
            failure("TLS_FAILED"),
            failure("TLS_FILES"),
            new CancellationException(),
            GatewayProblem.invalid("token file", "/none", "a file")
        }) {
            memory.note(RELAY, false, failure);
        }

        assertThat(memory.prefersCalls(RELAY)).isFalse();
    }

    @Test
    void keepsRelaysApart() {
        memory.note(RELAY, false, failure("DIAL_FAILED"));

        assertThat(memory.prefersCalls(RELAY)).isTrue();
        assertThat(memory.prefersCalls("other.example:7070")).isFalse();
    }

    @Test
    void forgetsTheLongestUnusedOfTooManyRelays() {
        memory.note(RELAY, false, failure("DIAL_FAILED"));
        for (int i = 0; i < 63; i++) {
            memory.note("relay" + i, true, null);
        }
        assertThat(memory.prefersCalls(RELAY)).isTrue();

        for (int i = 0; i < 64; i++) {
            memory.note("another" + i, true, null);
        }
        assertThat(memory.prefersCalls(RELAY)).isFalse();
    }

    @Test
    void forgetsAfterFiveMinutes() {
        memory.note(RELAY, false, failure("DIAL_FAILED"));
        now.addAndGet(TimeUnit.SECONDS.toNanos(299));
        assertThat(memory.prefersCalls(RELAY)).isTrue();

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(memory.prefersCalls(RELAY)).isFalse();
    }

    @Test
    void saysWhatTheNewestCarrierRunsOn() {
        assertThat(memory.inUse()).isEmpty();

        memory.use(CALL);
        assertThat(memory.inUse()).isEqualTo("grpc");

        memory.use(TCP);
        assertThat(memory.inUse()).isEqualTo("tcp");
    }
}
