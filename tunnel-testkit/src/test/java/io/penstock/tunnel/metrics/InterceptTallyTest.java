package io.penstock.tunnel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.InMemoryLink;
import io.penstock.tunnel.testkit.RecordingListener;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InterceptTallyTest {

    private final InMemoryLink link = new InMemoryLink();
    private final InterceptTally tally = new InterceptTally();

    @Test
    void countsWhatASnapshotListsEachByItself() {
        tally.countOnly(Set.of("i-1", "i-2"));

        MuxStream one = opened("i-1");
        MuxStream two = opened("i-2");
        tally.bytesSent(one, 7);
        tally.streamClosed(two, CloseCause.byPeer(ResetCode.APP_REFUSED, ""));

        assertThat(tally.of("i-1").streamsOpened()).isOne();
        assertThat(tally.of("i-1").bytesSent()).isEqualTo(7);
        assertThat(tally.of("i-2").streamsClosed()).containsOnlyKeys(ResetCode.APP_REFUSED);
    }

    @Test
    void keepsOneCountForAllThatNoSnapshotLists() {
        tally.countOnly(Set.of("i-1"));

        for (int i = 0; i < 1000; i++) {
            opened("made-up-" + i);
        }

        assertThat(tally.of("made-up-1")).isSameAs(tally.of("made-up-999"));
        assertThat(tally.of("i-1").streamsOpened()).isZero();
    }

    @Test
    void goesOnFromSnapshotToSnapshotAndForgetsWhatLeft() {
        tally.countOnly(Set.of("i-1", "i-2"));
        opened("i-1");
        MuxStream left = opened("i-2");

        tally.countOnly(Set.of("i-1"));
        tally.bytesReceived(left, 100);
        tally.countOnly(Set.of("i-1", "i-2"));

        assertThat(tally.of("i-1").streamsOpened()).isOne();
        assertThat(tally.of("i-2").streamsOpened()).isZero();
        assertThat(tally.of("i-2").bytesReceived()).isZero();
    }

    @Test
    void closesAStreamWhereItWasOpened() {
        MuxStream early = opened("i-1");
        tally.countOnly(Set.of("i-1"));
        MuxStream listed = opened("i-1");

        tally.streamClosed(early, CloseCause.CLEAN);

        assertThat(tally.of("i-1").streamsOpen()).isOne();
        assertThat(tally.of("i-1").streamsClosed()).isEmpty();
        tally.streamClosed(listed, CloseCause.CLEAN);
        assertThat(tally.of("i-1").streamsOpen()).isZero();
        assertThat(tally.of("made-up").streamsOpen()).isZero();
    }

    @Test
    void countsNoEndOfAStreamFromBeforeItsInterceptLeftAndCameBack() {
        tally.countOnly(Set.of("i-1"));
        MuxStream early = opened("i-1");
        tally.countOnly(Set.of());
        tally.countOnly(Set.of("i-1"));
        opened("i-1");

        tally.bytesSent(early, 7);
        tally.streamClosed(early, CloseCause.CLEAN);

        assertThat(tally.of("i-1").streamsOpen()).isOne();
        assertThat(tally.of("i-1").bytesSent()).isZero();
    }

    private MuxStream opened(String interceptId) {
        MuxStream stream =
                InMemoryLink.open(link.agent(), new StreamTarget(interceptId, 8080, ""), new RecordingListener());
        tally.streamOpened(stream);
        return stream;
    }
}
