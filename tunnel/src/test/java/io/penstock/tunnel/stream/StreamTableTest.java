package io.penstock.tunnel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StreamTableTest {

    @Test
    void countsOurIdsUpByTwo() {
        StreamTable agent = new StreamTable(1);
        StreamTable gateway = new StreamTable(2);

        assertThat(agent.takeId()).isEqualTo(1);
        assertThat(agent.takeId()).isEqualTo(3);
        assertThat(gateway.takeId()).isEqualTo(2);
        assertThat(gateway.takeId()).isEqualTo(4);
    }

    @Test
    void endsAtTheLargestOddId() {
        StreamTable table = new StreamTable(Integer.MAX_VALUE - 2);

        assertThat(table.takeId()).isEqualTo(Integer.MAX_VALUE - 2);
        assertThat(table.wasUsed(Integer.MAX_VALUE)).isFalse();
        assertThat(table.takeId()).isEqualTo(Integer.MAX_VALUE);
        assertThat(table.takeId()).isZero();
        assertThat(table.takeId()).isZero();
        assertThat(table.wasUsed(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void endsAtTheLargestEvenId() {
        StreamTable table = new StreamTable(Integer.MAX_VALUE - 1);

        assertThat(table.takeId()).isEqualTo(Integer.MAX_VALUE - 1);
        assertThat(table.takeId()).isZero();
        assertThat(table.wasUsed(Integer.MAX_VALUE - 1)).isTrue();
    }

    @Test
    void letsThePeerUseOnlyItsParityAndOnlyUpwards() {
        StreamTable agent = new StreamTable(1);
        agent.skip(6);

        assertThat(agent.isNextOfPeer(8)).isTrue();
        assertThat(agent.isNextOfPeer(6)).isFalse();
        assertThat(agent.isNextOfPeer(4)).isFalse();
        assertThat(agent.isNextOfPeer(9)).isFalse();
        assertThat(agent.isNextOfPeer(Integer.MAX_VALUE - 1)).isTrue();
        assertThat(agent.lastPeers()).isEqualTo(6);
    }

    @Test
    void tellsLateIdsFromNeverUsedOnes() {
        StreamTable agent = new StreamTable(1);
        agent.takeId();
        agent.skip(4);

        assertThat(agent.wasUsed(1)).isTrue();
        assertThat(agent.wasUsed(3)).isFalse();
        assertThat(agent.wasUsed(4)).isTrue();
        assertThat(agent.wasUsed(6)).isFalse();
        assertThat(agent.find(1)).isNull();
        assertThat(agent.size()).isZero();
    }
}
