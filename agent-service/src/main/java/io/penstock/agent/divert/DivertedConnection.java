package io.penstock.agent.divert;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.penstock.agent.route.DivertRule;
import io.penstock.agent.route.FailurePolicy;
import io.penstock.agent.route.RouteDecision;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.relay.SocketRelay;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Scope;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection and its stream, from the OPEN until the gateway has answered. What the caller says meanwhile is sent at
 * once, and a second reference to it is kept, at most the stream's first window.
 *
 * <pre>
 *              ACCEPT     reset, surely read by nobody    reset, otherwise    the caller goes
 * OPENING      ACCEPTED   FAILING_OPEN, or by policy      REJECTED            ENDED
 *                         REJECTED
 * the others   nothing of this comes here any more
 * </pre>
 *
 * <ul>
 *   <li>OPENING: this owns socket, stream and kept bytes. Bytes go to the stream and are kept; a half-close is told to the
 *       stream, which sends it behind ACCEPT, and remembered for the original app.
 *   <li>ACCEPTED: kept bytes are released; a {@link SocketRelay} owns socket and stream.
 *   <li>FAILING_OPEN: the stream is over; a {@link PassedConnection} owns the socket and replays the kept bytes.
 *   <li>REJECTED: the caller was reset; nothing is owned.
 *   <li>ENDED: the caller went first, the stream was reset; nothing is owned.
 * </ul>
 *
 * "Surely read by nobody": the gateway says so by its code, or the link ended before the OPEN had left. Doing a caller's POST twice
 * is worse than an error, so anything else resets the caller.
 *
 * <p><em>Loop-confined</em>.
 */
final class DivertedConnection extends CallerStage implements StreamListener {

    /** Where the connection is; see the table. <em>Immutable</em>. */
    enum State {
        OPENING,
        ACCEPTED,
        FAILING_OPEN,
        REJECTED,
        ENDED
    }

    private final Link link;
    private final DivertRule rule;
    private final CallerRouting routing;
    private @Nullable MuxStream stream;
    private long window;
    private State state = State.OPENING;

    DivertedConnection(Caller caller, RouteDecision.Divert divert, CallerRouting routing) {
        super(caller);
        this.link = divert.link();
        this.rule = divert.rule();
        this.routing = routing;
    }

    State state() {
        return state;
    }

    /** Opens the stream, before the caller has said a word (its app may be the one to speak first); false when the link takes none. */
    boolean open(int port) {
        MuxStream opened = link.open(new StreamTarget(rule.interceptId(), port, caller().address()), this);
        if (opened == null) {
            return false;
        }
        stream = opened;
        window = opened.sendCredit();
        enter();
        caller().copyKept(opened::send);
        if (caller().inputEnded()) {
            opened.halfClose();
        }
        caller().gate().openIf(mayRead(opened));
        return true;
    }

    private MuxStream stream() {
        if (stream == null) {
            throw new IllegalStateException("not opened yet");
        }
        return stream;
    }

    private boolean mayRead(MuxStream opened) {
        return caller().keptBytes() < window
                && opened.isWritable()
                && !routing.terms().budget().isShort();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        caller().keep(bytes.retainedDuplicate());
        stream().send(bytes);
        if (!mayRead(stream())) {
            caller().gate().close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        super.userEventTriggered(context, event);
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            stream().halfClose();
        }
    }

    @Override
    void onGone() {
        if (state == State.OPENING) {
            state = State.ENDED;
            stream().reset(CloseCause.byApplication(ResetCode.CONNECTION_RESET, "the caller went before ACCEPT"));
        }
    }

    @Override
    public void onAccepted() {
        state = State.ACCEPTED;
        routing.terms().counts().onDiverted();
        caller().dropKept();
        leave();
        new SocketRelay(caller().channel(), stream()).start();
    }

    @Override
    public void onWritable() {
        caller().gate().openIf(mayRead(stream()));
    }

    @Override
    public void onClosed(CloseCause cause) {
        if (state != State.OPENING) {
            return;
        }
        if (wasReadByNobody(cause) && mayFailOpen(cause.code())) {
            state = State.FAILING_OPEN;
            caller().gate().close();
            leave();
            routing.failOpen(caller(), rule);
        } else {
            state = State.REJECTED;
            routing.terms().counts().onRejected();
            caller().abort();
        }
    }

    private boolean wasReadByNobody(CloseCause cause) {
        boolean saidSo = cause.scope() == Scope.STREAM && cause.code().reachedNobody();
        return saidSo || !link.mayHaveReached(stream());
    }

    /** REJECT is about what cannot be reached; a link or an intercept that is being left was no longer meant to be. */
    private boolean mayFailOpen(ResetCode code) {
        return rule.policy() == FailurePolicy.FAIL_OPEN
                || code == ResetCode.GOING_AWAY
                || code == ResetCode.UNKNOWN_TARGET;
    }

    @Override
    public void onData(ByteBuf bytes) {
        int length = bytes.readableBytes();
        bytes.release();
        stream().consumed(length);
        stream().reset(CloseCause.byTunnel(ResetCode.PROTOCOL_ERROR, "DATA before ACCEPT (expected: ACCEPT first)"));
    }

    @Override
    public void onHalfClosed() {
        throw new IllegalStateException("no half-close comes before ACCEPT");
    }
}
