package io.penstock.tunnel.link;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.flow.CreditPolicy;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.flow.WindowGrowth;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import io.penstock.tunnel.stream.StreamTable;
import io.penstock.tunnel.testkit.Frames;
import io.penstock.tunnel.testkit.RecordingEvents;
import io.penstock.tunnel.testkit.RecordingListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A link runs out of ids after 2^30 streams; the engine is asked alone, with a table that is nearly spent. */
final class SpentIdsTest {

    private final RecordingEvents events = new RecordingEvents();
    private final Owner owner = new Owner();
    private final LinkEngine engine = new LinkEngine(
            owner,
            new StreamTable(Integer.MAX_VALUE - 2),
            new EngineTerms(CreditPolicy.defaults(), 65_536, new MemoryBudget(1 << 20), new Standstill(), events));

    private @Nullable MuxStream open() {
        return engine.open(Frames.TARGET, new RecordingListener(), 0);
    }

    @Test
    void asksForAnotherLinkWithTheLastIdAndServesItsStream() {
        open();
        assertThat(owner.spent).isZero();

        MuxStream last = requireNonNull(open());

        assertThat(owner.spent).isEqualTo(1);
        assertThat(last.id()).isEqualTo(Integer.MAX_VALUE);
        assertThat(engine.nextFrame()).isEqualTo(new Frame.Open(Integer.MAX_VALUE - 2, Frames.TARGET));
        assertThat(engine.nextFrame()).isEqualTo(new Frame.Open(Integer.MAX_VALUE, Frames.TARGET));
        assertThat(open()).isNull();
        assertThat(events.refusals()).containsExactly(ResetCode.REFUSED_LIMIT);
    }

    /** A link that only counts. Loop-confined. */
    private static final class Owner implements LinkEngine.Owner {
        private int spent;

        @Override
        public StreamListener onStream(MuxStream stream) {
            return new RecordingListener();
        }

        @Override
        public void onWork() {}

        @Override
        public void onEmpty() {}

        @Override
        public void onHandEmpty() {}

        @Override
        public void onGoAway() {}

        @Override
        public void onIdsSpent() {
            spent++;
        }
    }

    /** A clock at rest. Immutable. */
    private static final class Standstill implements WindowGrowth {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long roundTripNanos() {
            return 0;
        }

        @Override
        public boolean mayGrow() {
            return false;
        }

        @Override
        public boolean mustShrink() {
            return false;
        }
    }
}
