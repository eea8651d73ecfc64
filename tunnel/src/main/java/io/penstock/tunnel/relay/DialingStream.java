package io.penstock.tunnel.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the peer whose target is being dialled: keeps the bytes that come before, at most the first window, and hands
 * both to a {@link SocketRelay} or ends the stream with the dial's code.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class DialingStream implements StreamListener, DialListener {

    private final MuxStream stream;
    private final Pace pace;
    private final ArrayDeque<ByteBuf> early = new ArrayDeque<>(2);
    private @Nullable DialAttempt dial;

    public DialingStream(MuxStream stream) {
        this(stream, Pace.FREE);
    }

    /** @param pace how fast bytes may go once the target is reached */
    public DialingStream(MuxStream stream, Pace pace) {
        this.stream = stream;
        this.pace = pace;
    }

    /** Begins to dial; called once. */
    public void begin(DialSource source) {
        dial = source.dial(this);
    }

    @Override
    public void onConnected(Channel channel) {
        SocketRelay relay = new SocketRelay(channel, stream, pace);
        stream.accept();
        relay.start();
        early.forEach(relay::onData);
        early.clear();
    }

    @Override
    public void onFailed(ResetCode code, String detail) {
        stream.reset(CloseCause.byTunnel(code, detail));
    }

    @Override
    public void onData(ByteBuf bytes) {
        early.add(bytes);
        if (dial != null) {
            dial.kept(bytes.readableBytes());
        }
    }

    @Override
    public void onClosed(CloseCause cause) {
        if (dial != null) {
            dial.cancel();
        }
        for (ByteBuf bytes : early) {
            stream.consumed(bytes.readableBytes());
            bytes.release();
        }
        early.clear();
    }

    @Override
    public void onAccepted() {
        throw new IllegalStateException("the dialling side accepts, it is not accepted");
    }

    @Override
    public void onWritable() {
        // Nothing is sent before the dial ends.
    }

    @Override
    public void onHalfClosed() {
        throw new IllegalStateException("no half-close comes before ACCEPT");
    }
}
