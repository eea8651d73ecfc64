package io.penstock.agent.divert;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.relay.DialListener;
import io.penstock.tunnel.relay.Dialer;
import io.penstock.tunnel.relay.PassThrough;
import io.penstock.tunnel.relay.SocketRelay;
import org.jspecify.annotations.Nullable;

/**
 * A caller on its way to the original app: dialled, then given what the caller has said so far, in order, with its half-close, and
 * joined. When the app cannot be reached the caller is reset, as it would have been without us.
 *
 * <p><em>Loop-confined</em>.
 */
final class PassedConnection extends CallerStage implements DialListener {

    private final ConnectionCounts counts;
    private Dialer.@Nullable Dial dial;

    PassedConnection(Caller caller, ConnectionCounts counts) {
        super(caller);
        this.counts = counts;
    }

    void begin(Dialer app) {
        counts.onPassed(caller().channel());
        enter();
        dial = app.dial(this);
    }

    @Override
    public void onConnected(Channel app) {
        if (!caller().isOpen()) {
            SocketRelay.abort(app);
            return;
        }
        ChannelPipeline pipeline = caller().channel().pipeline();
        leave();
        caller().handKept(bytes -> app.write(bytes, app.voidPromise()));
        PassThrough.join(caller().channel(), app);
        app.flush();
        if (caller().inputEnded()) {
            // The event came before the join; the join hears of it now, behind the bytes.
            pipeline.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void onFailed(ResetCode code, String detail) {
        caller().abort();
    }

    @Override
    void onGone() {
        if (dial != null) {
            dial.cancel();
        }
    }
}
