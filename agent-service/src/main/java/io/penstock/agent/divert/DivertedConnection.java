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
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection and its stream, from the OPEN until the gateway has answered. What the caller says meanwhile is sent at
 * once, and a second reference to it is kept, at most the stream's first window.
 *
 * <pre>
 *              ACCEPT     reset, surely read by nobody    reset, otherwise    the caller goes
 * OPENING      ACCEPTED   by the policy FAILING_OPEN,     REJECTED            ENDED
 *                         REJECTED or ROUTED_AGAIN
 * the others   nothing of this comes here any more
 * </pre>
 *
 * <ul>
 *   <li>OPENING: this owns socket, stream and kept bytes. Bytes go to the stream and are kept; a half-close is told to the
 *       stream, which sends it behind ACCEPT, and remembered for the original app.
 *   <li>ACCEPTED: kept bytes are released; a {@link SocketRelay} owns socket and stream.
 *   <li>FAILING_OPEN: the stream is over; a {@link PassedConnection} owns the socket and replays the kept bytes.
 *   <li>ROUTED_AGAIN: the stream is over because its link is; the rule lets callers wait for another, and {@link CallerRouting} has
 *       the caller with its kept bytes.
 *   <li>REJECTED: the caller was reset; nothing is owned.
 *   <li>ENDED: the caller went first, the stream was reset; nothing is owned.
 * </ul>
 *
 * "Surely read by nobody": the gateway says so by its code, or the link ended before the OPEN had left. Doing a caller's POST twice
 * is worse than an error, so anything else resets the caller. Which policy: what the gateway's dial came to asks onAppRefused, after
 * the gateway has held the stream for as long as that says, and so does a link without memory for the stream; a link that goes, or a
 * gateway that does not know the intercept, asks onGatewayLoss, unless the intercept itself was left: then the original app answers.
 *
 * <p><em>Loop-confined</em>.
 */
final class DivertedConnection extends CallerStage implements StreamListener {

    /** Where the connection is; see the table. <em>Immutable</em>. */
    enum State {
        OPENING,
        ACCEPTED,
        FAILING_OPEN,
        ROUTED_AGAIN,
        REJECTED,
        ENDED
    }

    private static final Set<ResetCode> BY_THE_GATEWAY = EnumSet.of(
            ResetCode.APP_REFUSED,
            ResetCode.DIAL_TIMEOUT,
            ResetCode.DIAL_FAILED,
            ResetCode.REFUSED_MEMORY,
            ResetCode.REFUSED_LIMIT);

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
        StreamTarget target = new StreamTarget(rule.interceptId(), port, caller().address());
        MuxStream opened = link.open(target, this, rule.onAppRefused().hold());
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
        if (!wasReadByNobody(cause)) {
            reject();
        } else if (isAboutTheApp(cause) || !routing.isInForce(rule)) {
            conclude(isAboutTheApp(cause) ? rule.onAppRefused().then() : FailurePolicy.FAIL_OPEN);
        } else if (rule.onGatewayLoss().hold().isZero() || cause.code() == ResetCode.UNKNOWN_TARGET) {
            conclude(rule.onGatewayLoss().then());
        } else {
            handOver(State.ROUTED_AGAIN);
            routing.route(caller());
        }
    }

    private void conclude(FailurePolicy policy) {
        if (policy == FailurePolicy.REJECT) {
            reject();
        } else {
            handOver(State.FAILING_OPEN);
            routing.failOpen(caller(), rule);
        }
    }

    private void reject() {
        state = State.REJECTED;
        routing.reject(caller());
    }

    private void handOver(State to) {
        state = to;
        caller().gate().close();
        leave();
    }

    private boolean wasReadByNobody(CloseCause cause) {
        boolean saidSo = cause.scope() == Scope.STREAM && cause.code().reachedNobody();
        return saidSo || !link.mayHaveReached(stream());
    }

    /** Whether the gateway was there, and tried. Otherwise the link, or the intercept, is gone or being left. */
    private static boolean isAboutTheApp(CloseCause cause) {
        return cause.scope() == Scope.STREAM && BY_THE_GATEWAY.contains(cause.code());
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
