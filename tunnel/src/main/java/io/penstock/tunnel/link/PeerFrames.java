package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamTable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the peer's frames do to the streams. What is wrong with one comes back as a sentence, and ends the link.
 *
 * <p>A frame for a stream that has ended here is late, not wrong: it is dropped, with its bytes. A frame for an id that was never
 * opened is wrong.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class PeerFrames {

    private final LinkEngine engine;
    private final LinkEngine.Owner owner;
    private final StreamTable table;
    private final TunnelEvents events;

    PeerFrames(LinkEngine engine, LinkEngine.Owner owner, StreamTable table, TunnelEvents events) {
        this.engine = engine;
        this.owner = owner;
        this.table = table;
        this.events = events;
    }

    /** Takes a stream frame of the peer; returns what is wrong with it, or null. */
    @Nullable
    String accept(Frame frame) {
        return switch (frame.type()) {
            case OPEN -> onOpen((Frame.Open) frame);
            case ACCEPT -> onAccept((Frame.Accept) frame);
            case DATA -> onData((Frame.Data) frame);
            case CREDIT -> onCredit((Frame.Credit) frame);
            case HALF_CLOSE -> onStream(((Frame.HalfClose) frame).stream(), "HALF_CLOSE", MuxStream::onHalfClose);
            case RESET -> onReset((Frame.Reset) frame);
            case GO_AWAY -> onGoAway((Frame.GoAway) frame);
            case PING, PONG, ACK, CLOSE -> throw new IllegalArgumentException(frame.type() + " is the link's own");
        };
    }

    private @Nullable String onOpen(Frame.Open frame) {
        int id = frame.stream();
        if (engine.budget().isExceeded()) {
            return refuse(id, ResetCode.REFUSED_MEMORY);
        }
        if (!table.isNextOfPeer(id)) {
            return notNext(id);
        }
        MuxStream stream = engine.newStream(id, frame.target());
        stream.listen(owner.onStream(stream));
        return engine.overflow();
    }

    /** Refuses a stream of the peer at once, with the reason. */
    @Nullable
    String refuse(int id, ResetCode code) {
        if (!table.isNextOfPeer(id)) {
            return notNext(id);
        }
        table.skip(id);
        events.streamRefused(code);
        engine.sendControl(new Frame.Reset(id, code, ""));
        return engine.overflow();
    }

    private String notNext(int id) {
        return "OPEN of stream " + id + " (expected: the peer's parity, and more than " + table.lastPeers() + ")";
    }

    private @Nullable String onAccept(Frame.Accept frame) {
        if (!table.isOurs(frame.stream())) {
            return "ACCEPT of stream " + frame.stream() + " (expected: a stream that the receiver opened)";
        }
        engine.answered(frame.stream());
        return onStream(frame.stream(), "ACCEPT", MuxStream::onAccept);
    }

    private @Nullable String onData(Frame.Data frame) {
        MuxStream stream = table.find(frame.stream());
        if (stream == null) {
            frame.bytes().release();
            return missing(frame.stream(), "DATA");
        }
        events.bytesReceived(stream, frame.bytes().readableBytes());
        return stream.onData(frame.bytes());
    }

    private @Nullable String onCredit(Frame.Credit frame) {
        MuxStream stream = table.find(frame.stream());
        return stream == null ? missing(frame.stream(), "CREDIT") : stream.onCredit(frame.bytes());
    }

    private @Nullable String onReset(Frame.Reset frame) {
        return onStream(frame.stream(), "RESET", stream -> {
            stream.end(CloseCause.byPeer(frame.code(), frame.detail()));
            return null;
        });
    }

    private @Nullable String onGoAway(Frame.GoAway frame) {
        owner.onGoAway();
        for (MuxStream stream : table.all()) {
            if (table.isOurs(stream.id()) && stream.id() > frame.lastStream()) {
                // It crossed the GO_AWAY: the peer has served no byte of it, and says so before it may close.
                stream.end(CloseCause.byPeer(ResetCode.GOING_AWAY, ""));
            }
        }
        return null;
    }

    private @Nullable String onStream(int id, String what, Function<MuxStream, @Nullable String> event) {
        MuxStream stream = table.find(id);
        return stream == null ? missing(id, what) : event.apply(stream);
    }

    private @Nullable String missing(int id, String what) {
        return table.wasUsed(id) ? null : what + " for stream " + id + " (expected: an id that was opened)";
    }
}
