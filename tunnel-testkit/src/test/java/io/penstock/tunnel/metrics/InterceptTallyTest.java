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

        tally.streamOpened(stream("i-1"));
        tally.bytesSent(stream("i-1"), 7);
        tally.streamClosed(stream("i-2"), CloseCause.byPeer(ResetCode.APP_REFUSED, ""));

        assertThat(tally.of("i-1").streamsOpened()).isOne();
        assertThat(tally.of("i-1").bytesSent()).isEqualTo(7);
        assertThat(tally.of("i-2").streamsClosed()).containsOnlyKeys(ResetCode.APP_REFUSED);
    }

    @Test
    void keepsOneCountForAllThatNoSnapshotLists() {
        tally.countOnly(Set.of("i-1"));

        for (int i = 0; i < 1000; i++) {
            tally.streamOpened(stream("made-up-" + i));
        }

        assertThat(tally.of("made-up-1")).isSameAs(tally.of("made-up-999"));
        assertThat(tally.of("i-1").streamsOpened()).isZero();
    }

    @Test
    void goesOnFromSnapshotToSnapshotAndForgetsWhatLeft() {
        tally.countOnly(Set.of("i-1", "i-2"));
        tally.streamOpened(stream("i-1"));
        tally.streamOpened(stream("i-2"));

        tally.countOnly(Set.of("i-1"));
        tally.bytesReceived(stream("i-2"), 100);
        tally.countOnly(Set.of("i-1", "i-2"));

        assertThat(tally.of("i-1").streamsOpened()).isOne();
        assertThat(tally.of("i-2").streamsOpened()).isZero();
        assertThat(tally.of("i-2").bytesReceived()).isZero();
    }

    private MuxStream stream(String interceptId) {
        return InMemoryLink.open(link.agent(), new StreamTarget(interceptId, 8080, ""), new RecordingListener());
    }
}
