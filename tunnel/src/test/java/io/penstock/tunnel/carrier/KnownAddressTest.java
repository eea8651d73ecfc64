package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class KnownAddressTest {

    private static final InetSocketAddress FIRST = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7070);
    private static final InetSocketAddress SECOND = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7071);

    private final List<CompletableFuture<InetSocketAddress>> lookups = new ArrayList<>();
    private final KnownAddress known = new KnownAddress(text -> {
        lookups.add(new CompletableFuture<>());
        return lookups.get(lookups.size() - 1);
    });

    private InetSocketAddress now(String text) {
        return known.find(text).toCompletableFuture().getNow(null);
    }

    @Test
    void waitsForTheFirstAnswerOnly() {
        assertThat(now("relay:7070")).isNull();
        lookups.get(0).complete(FIRST);

        assertThat(now("relay:7070")).isEqualTo(FIRST);
        assertThat(lookups).hasSize(2);
    }

    @Test
    void followsAnAddressThatMoves() {
        now("relay:7070");
        lookups.get(0).complete(FIRST);
        now("relay:7070");
        lookups.get(1).complete(SECOND);

        assertThat(now("relay:7070")).isEqualTo(SECOND);
    }

    @Test
    void keepsWhatItKnowsWhileTheNetworkIsBroken() {
        now("relay:7070");
        lookups.get(0).complete(FIRST);
        now("relay:7070");
        lookups.get(1).completeExceptionally(new IllegalStateException("no network"));
        assertThat(now("relay:7070")).isEqualTo(FIRST);
        lookups.get(2).complete(InetSocketAddress.createUnresolved("relay", 7070));

        assertThat(now("relay:7070")).isEqualTo(FIRST);
    }

    @Test
    void asksOnceAtATime() {
        now("relay:7070");
        lookups.get(0).complete(FIRST);
        now("relay:7070");
        now("relay:7070");
        now("relay:7070");

        assertThat(lookups).hasSize(2);
    }

    @Test
    void knowsNothingOfAnotherName() {
        now("relay:7070");
        lookups.get(0).complete(FIRST);

        assertThat(now("other:7070")).isNull();
        assertThat(lookups).hasSize(2);
    }
}
