package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.testkit.InMemoryLink;
import io.penstock.tunnel.testkit.RecordingListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ten thousand idle streams cost in heap at one end, roughly: the used heap before and after. */
final class IdleStreamCostTest {

    private static final int STREAMS = 10_000;
    private static final int MOST_BYTES = 3 * 1024;

    @Test
    void costsLessThanThreeKibibytesPerStreamAndEnd() {
        InMemoryLink link = new InMemoryLink();
        RecordingListener nobody = new RecordingListener();
        link.gateway().service().onStream((owner, stream) -> {
            stream.accept();
            return nobody;
        });
        List<MuxStream> held = new ArrayList<>(STREAMS);
        long before = usedHeap();

        for (int i = 0; i < STREAMS; i++) {
            MuxStream stream = link.open(nobody);
            stream.send(link.agent().allocator().heapBuffer(8).writeLong(i));
            held.add(stream);
            link.pump();
            link.gateway().service().stream(i).consumed(8);
        }
        long perStreamAndEnd = (usedHeap() - before) / STREAMS / 2;

        System.out.println("idle stream: " + perStreamAndEnd + " bytes of heap per end");
        assertThat(perStreamAndEnd).isLessThan(MOST_BYTES);
        assertThat(held).allMatch(stream -> stream.closeCause() == null);
        link.cut();
        link.pump();
        assertThat(link.agent().allocator().live()).isZero();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
