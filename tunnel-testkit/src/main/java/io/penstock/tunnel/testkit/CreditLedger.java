package io.penstock.tunnel.testkit;

import io.penstock.tunnel.flow.ReceiveWindow;
import io.penstock.tunnel.stream.MuxStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The books over all credit and memory of one {@link InMemoryLink}. They balance after every event:
 *
 * <ul>
 *   <li>per stream and direction: credit granted = bytes consumed + bytes in the receiver's hand + window left;
 *   <li>the sender's credit + data under way + credit under way = the receiver's count of it;
 *   <li>each end's memory budget = bytes queued + bytes in hand + bytes unacknowledged, exactly;
 *   <li>progress: when an end is at rest and its carrier takes more, no stream has both bytes and credit, and no relay waits
 *       beside an empty queue.
 * </ul>
 *
 * <p><em>Loop-confined</em>.
 */
public final class CreditLedger {

    private final InMemoryLink link;
    private final Book agent;
    private final Book gateway;

    public CreditLedger(InMemoryLink link) {
        this.link = link;
        agent = new Book(link.agent());
        gateway = new Book(link.gateway());
    }

    /** Takes a socket of the agent's end into the books. */
    public FakeSocket addAgent(FakeSocket socket) {
        return agent.add(socket);
    }

    /** Takes a socket of the gateway's end into the books. */
    public FakeSocket addGateway(FakeSocket socket) {
        return gateway.add(socket);
    }

    /** Fails with a sentence when the books do not balance. */
    public void check() {
        agent.checkMemory();
        gateway.checkMemory();
        agent.live.forEach(socket -> checkFlow(socket, agent, gateway));
        gateway.live.forEach(socket -> checkFlow(socket, gateway, agent));
        agent.checkProgress();
        gateway.checkProgress();
    }

    /** After links and sockets have ended: every byte and every buffer has been given back. */
    public void checkAllReturned() {
        for (LinkEnd end : List.of(link.agent(), link.gateway())) {
            expect(end.budget().used(), 0, end, "memory after the end");
            expect(end.allocator().live(), 0, end, "buffers that nobody released");
            expect(end.events().closed(), end.events().opened(), end, "streams closed of those opened");
            expect(end.loop().timerCount(), 0, end, "timers after the end");
        }
    }

    private void checkFlow(FakeSocket receiver, Book to, Book from) {
        MuxStream stream = receiver.stream();
        ReceiveWindow window = stream.receiving();
        expect(window.buffered(), receiver.inHand(), receiver, "bytes in hand");
        long granted =
                to.end.terms().credit().initialWindow() + to.end.carrier().tap().creditEver(stream.id());
        long used = receiver.taken() + window.buffered() + window.credit();
        boolean settled = to.end.hasSaidAll() || !stream.state().canReceive();
        if (granted > used || (settled && stream.state().canReceive() && granted != used)) {
            throw new AssertionError(receiver + ": granted " + granted + " (expected: " + used + ")");
        }
        FakeSocket sender = from.find(stream.id());
        if (sender != null && !sender.isClosed() && !receiver.isClosed()) {
            checkBothEnds(sender, to, from, window.credit());
        }
    }

    private static void checkBothEnds(FakeSocket sender, Book to, Book from, long receiversCount) {
        int id = sender.stream().id();
        long sendersCount = sender.stream().sendCredit()
                + from.end.carrier().tap().dataUnderWay(id)
                + to.end.carrier().tap().creditUnderWay(id);
        boolean balanced = to.end.hasSaidAll() ? sendersCount == receiversCount : sendersCount <= receiversCount;
        if (!balanced && sender.stream().state().canSend()) {
            throw new AssertionError(sender + ": credit " + sendersCount + " (expected: " + receiversCount + ")");
        }
    }

    private static void expect(long actual, long expected, Object where, String what) {
        if (actual != expected) {
            throw new AssertionError(where + ": " + what + ": " + actual + " (expected: " + expected + ")");
        }
    }

    /** One end's sockets. Loop-confined. */
    private static final class Book {
        private final LinkEnd end;
        private final Map<Integer, FakeSocket> sockets = new HashMap<>();
        private final List<FakeSocket> live = new ArrayList<>();

        Book(LinkEnd end) {
            this.end = end;
        }

        FakeSocket add(FakeSocket socket) {
            sockets.put(socket.stream().id(), socket);
            live.add(socket);
            return socket;
        }

        @Nullable
        FakeSocket find(int id) {
            return sockets.get(id);
        }

        void checkMemory() {
            live.removeIf(socket -> socket.isClosed() && socket.inHand() == 0);
            long held = end.link().stats().unacknowledgedBytes();
            for (FakeSocket socket : live) {
                held += socket.stream().queued() + socket.inHand();
            }
            expect(end.budget().used(), held, end, "memory budget");
        }

        void checkProgress() {
            boolean full =
                    end.link().stats().unacknowledgedBytes() >= end.terms().maxUnacknowledged();
            if (!end.hasSaidAll() || full) {
                return;
            }
            for (FakeSocket socket : live) {
                MuxStream stream = socket.stream();
                boolean idle = stream.queued() > 0 && stream.sendCredit() > 0;
                boolean forgotten =
                        socket.waits() && stream.queued() == 0 && stream.state().canSend();
                if (idle || forgotten) {
                    throw new AssertionError(socket + ": " + stream.queued() + " bytes queued, credit "
                            + stream.sendCredit() + (forgotten ? ", a relay waits" : "") + " and nothing scheduled");
                }
            }
        }
    }
}
