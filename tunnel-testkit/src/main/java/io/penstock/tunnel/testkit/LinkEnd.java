package io.penstock.tunnel.testkit;

import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.CarrierAttempt;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkContext;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkIdentity;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.LinkState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link in a test, with everything that a process would lend it: a loop, memory, an allocator, a carrier, a service
 * that records.
 *
 * <p><em>Loop-confined</em>.
 */
public final class LinkEnd {

    private final LinkSide side;
    private final LinkTerms terms;
    private final ManualLoop loop = new ManualLoop();
    private final CountingAllocator allocator = new CountingAllocator();
    private final RecordingService service = new RecordingService();
    private final RecordingEvents events = new RecordingEvents();
    private final MemoryBudget budget;
    private final Tap tap = new Tap();
    private InMemoryCarrier carrier;
    private @Nullable CarrierAttempt newest;
    private final Link link;

    LinkEnd(LinkSide side, LinkTerms terms, int peerWindow) {
        this.side = side;
        this.terms = terms;
        this.budget = new MemoryBudget(terms.budget());
        this.carrier = newCarrier();
        this.link = new Link(
                new LinkIdentity(new LinkId(0, 7), side, peerWindow, true),
                new LinkContext(loop, terms.settings(), budget, allocator, events),
                carrier,
                service);
    }

    CarrierReader reader() {
        return CarrierReader.of(() -> link);
    }

    InMemoryCarrier newCarrier() {
        return new InMemoryCarrier(loop, terms.capacity(), tap);
    }

    /** Begins to bring the link on to another carrier. */
    CarrierAttempt attempt() {
        newest = link.attempt();
        return newest;
    }

    /** The link goes on, on this carrier, if the attempt is still its newest. */
    void resume(CarrierAttempt attempt, InMemoryCarrier next, long peerReceived) {
        if (link.state() == LinkState.RESUMING && attempt.equals(newest)) {
            tap.replayFrom(peerReceived);
            carrier = next;
        }
        link.resume(attempt, next, peerReceived);
    }

    public Link link() {
        return link;
    }

    public LinkTerms terms() {
        return terms;
    }

    public ManualLoop loop() {
        return loop;
    }

    public MemoryBudget budget() {
        return budget;
    }

    public CountingAllocator allocator() {
        return allocator;
    }

    public InMemoryCarrier carrier() {
        return carrier;
    }

    public RecordingService service() {
        return service;
    }

    public RecordingEvents events() {
        return events;
    }

    @Override
    public String toString() {
        return side.name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing is left to do here until time passes, bytes arrive or the carrier drains. */
    public boolean isQuiet() {
        return !loop.hasReady();
    }

    /** Whether all that this end has to say has been said: nothing is ready, and the carrier would take more. */
    public boolean hasSaidAll() {
        return isQuiet() && carrier.isWritable();
    }
}
