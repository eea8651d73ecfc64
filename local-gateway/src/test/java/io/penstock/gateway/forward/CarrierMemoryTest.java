package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.CarrierWay;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CarrierMemoryTest {

    private static final InetSocketAddress THERE = InetSocketAddress.createUnresolved("relay.example", 7070);
    private static final CarrierWay TCP = CarrierWay.plain(THERE);
    private static final CarrierWay CALL = new CarrierWay.Call(THERE, Optional.empty(), "token");

    private final AtomicLong now = new AtomicLong();
    private final CarrierMemory memory = new CarrierMemory(now::get);

    private static TunnelException failure(String code) {
        return new TunnelException(code, "it failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIAL_FAILED", "LINK_LOST", "PROTOCOL_ERROR", "REFUSED_72"})
    void triesCallsWhereNoRelayAnswers(String code) {
        assertThat(memory.prefersCalls()).isFalse();

        memory.note(TCP, failure(code));

        assertThat(memory.prefersCalls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKEN_EXPIRED", "OVERLOADED", "TLS_FAILED", "TLS_REQUIRED", "PAIRING_TIMEOUT"})
    void staysWithTcpWhereARelayAnswers(String code) {
        memory.note(TCP, failure(code));

        assertThat(memory.prefersCalls()).isFalse();
    }

    @Test
    void remembersThatCallsWorkedAndTriesTcpAgainLater() {
        memory.note(TCP, failure("DIAL_FAILED"));
        memory.note(CALL, null);
        now.addAndGet(Duration.ofSeconds(299).toNanos());
        assertThat(memory.prefersCalls()).isTrue();
        assertThat(memory.inUse()).isEqualTo("grpc");

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(memory.prefersCalls()).isFalse();

        memory.note(TCP, null);
        assertThat(memory.inUse()).isEqualTo("tcp");
        assertThat(memory.prefersCalls()).isFalse();
    }

    @Test
    void goesBackToTcpWhenCallsDoNotWorkEither() {
        memory.note(TCP, failure("DIAL_FAILED"));
        memory.note(CALL, failure("DIAL_FAILED"));

        assertThat(memory.prefersCalls()).isFalse();
    }
}
