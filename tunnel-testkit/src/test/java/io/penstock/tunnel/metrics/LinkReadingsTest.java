package io.penstock.tunnel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkContext;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkIdentity;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.LinkStats;
import io.penstock.tunnel.link.Loop;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.testkit.Frames;
import io.penstock.tunnel.testkit.InMemoryCarrier;
import io.penstock.tunnel.testkit.RecordingListener;
import io.penstock.tunnel.testkit.RecordingService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkReadingsTest {

    private final MockClock clock = new MockClock();
    private final OtherLoop busy = new OtherLoop();
    private final OtherLoop stuck = new OtherLoop();
    private final Link answering = linkWithAStream(busy);
    private final Link silent = linkWithAStream(stuck);
    private final LinkReadings readings = new LinkReadings(List.of(silent, answering), clock, Duration.ofMillis(10));

    @Test
    void countsThoseThatAnswerWhenOthersDoNot() {
        busy.answers = true;

        assertThat(readings.sum(LinkStats::streams)).isOne();
        assertThat(readings.of(answering).streams()).isOne();
        assertThat(readings.of(silent)).isEqualTo(LinkStats.NONE);
    }

    @Test
    void waitsForASilentLoopOnceInAScrapeOfManyGauges() {
        busy.answers = true;
        int asked = stuck.asked;

        readings.sum(LinkStats::streams);
        readings.sum(LinkStats::queuedBytes);
        readings.of(silent);
        readings.of(answering);

        assertThat(stuck.asked).isEqualTo(asked + 1);
    }

    @Test
    void asksAgainInTheNextScrape() {
        busy.answers = true;
        readings.sum(LinkStats::streams);
        answering.open(Frames.TARGET, new RecordingListener());

        clock.add(Duration.ofSeconds(15));

        assertThat(readings.sum(LinkStats::streams)).isEqualTo(2);
    }

    private static Link linkWithAStream(Loop loop) {
        Link link = new Link(
                new LinkIdentity(new LinkId(0, 7), LinkSide.AGENT, 1 << 16, false),
                new LinkContext(
                        loop,
                        LinkSettings.defaults(),
                        new MemoryBudget(1 << 20),
                        UnpooledByteBufAllocator.DEFAULT,
                        TunnelEvents.NONE),
                new InMemoryCarrier(loop, 0),
                new RecordingService());
        link.open(Frames.TARGET, new RecordingListener());
        return link;
    }

    /** A loop elsewhere, which answers at once or never; asking it takes a second. */
    private final class OtherLoop implements Loop {
        boolean answers;
        int asked;

        @Override
        public void execute(Runnable task) {
            asked++;
            clock.add(Duration.ofSeconds(1));
            if (answers) {
                task.run();
            }
        }

        @Override
        public Timer schedule(Runnable task, long delayNanos) {
            return () -> {};
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public boolean isInLoop() {
            return true;
        }
    }
}
