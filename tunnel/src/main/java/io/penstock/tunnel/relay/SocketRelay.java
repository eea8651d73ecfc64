package io.penstock.tunnel.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One real connection and one stream, joined: bytes both ways with back-pressure, half-close as half-close, reset as reset.
 *
 * <pre>
 *  socket: bytes        -> stream.send, and the socket is not read while the stream has no room
 *  socket: end of input -> stream.halfClose
 *  socket: error, close -> stream.reset(CONNECTION_RESET)
 *  stream: bytes        -> written, flushed at the end of the turn, credit returned when the kernel has them
 *  either way, too fast -> the socket is not read, and credit is returned later, as the {@link Pace} says
 *  stream: half-closed  -> output shut down once everything is written
 *  stream: closed clean -> closed once everything is written
 *  stream: closed else  -> reset (SO_LINGER 0): a cut body must not look complete
 * </pre>
 *
 * The channel needs ALLOW_HALF_CLOSURE, and autoRead off until the relay is in its pipeline.
 *
 * <p><em>Loop-confined</em>.
 */
public final class SocketRelay extends ChannelInboundHandlerAdapter implements StreamListener {

    /** What the output of the socket waits for. <em>Immutable</em>. */
    private enum Ending {
        NONE,
        SHUT_DOWN_OUTPUT,
        CLOSE,
        DONE
    }

    private final Channel channel;
    private final MuxStream stream;
    private final ReadGate gate;
    private final SocketDrain drain;
    private final Pace pace;
    private Ending ending = Ending.NONE;
    private @Nullable Future<?> pause;

    /** A relay that goes as fast as both sides can. */
    public SocketRelay(Channel channel, MuxStream stream) {
        this(channel, stream, Pace.FREE);
    }

    public SocketRelay(Channel channel, MuxStream stream, Pace pace) {
        this.channel = channel;
        this.stream = stream;
        this.pace = pace;
        this.gate = new ReadGate(channel);
        this.drain = new SocketDrain(channel, new PacedCredit(channel, stream, pace), this::onDrained);
    }

    /** Takes the socket's pipeline and the stream's callbacks over, and begins to read. */
    public void start() {
        stream.listen(this);
        channel.pipeline().addLast(this);
        gate.openIf(stream.isWritable());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        long wait = pace.moved(bytes.readableBytes());
        stream.send(bytes);
        if (wait > 0) {
            pause(wait);
        } else if (!stream.isWritable()) {
            gate.close();
        }
    }

    private void pause(long nanos) {
        gate.close();
        // One turn of the loop may bring more than one read.
        if (pause == null) {
            pause = channel.eventLoop().schedule(this::goOn, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void goOn() {
        pause = null;
        gate.openIf(stream.isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            stream.halfClose();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        stream.reset(CloseCause.byApplication(ResetCode.CONNECTION_RESET, String.valueOf(cause.getMessage())));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stream.reset(CloseCause.byApplication(ResetCode.CONNECTION_RESET, "the connection was closed"));
        drain.abandon();
        if (pause != null) {
            pause.cancel(false);
        }
    }

    @Override
    public void onAccepted() {
        // Nothing waits for it: bytes flow from the start.
    }

    @Override
    public void onData(ByteBuf bytes) {
        drain.write(bytes);
    }

    @Override
    public void onWritable() {
        if (pause == null) {
            gate.open();
        }
    }

    @Override
    public void onHalfClosed() {
        ending = Ending.SHUT_DOWN_OUTPUT;
        endIfDrained();
    }

    @Override
    public void onClosed(CloseCause cause) {
        if (cause.isAbrupt()) {
            abort(channel);
        } else {
            ending = Ending.CLOSE;
            endIfDrained();
        }
    }

    /** Closes a socket so that its peer sees a reset. */
    public static void abort(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            // The peer was first: some systems refuse options on a connection that it has reset.
        }
        channel.close();
    }

    private void onDrained() {
        endIfDrained();
    }

    /** Never before the last byte is written: shutting down or closing drops what is queued. */
    private void endIfDrained() {
        if (!drain.isDrained() || !channel.isOpen()) {
            return;
        }
        switch (ending) {
            case NONE, DONE -> {}
            case SHUT_DOWN_OUTPUT -> {
                ending = Ending.DONE;
                ((SocketChannel) channel).shutdownOutput();
            }
            case CLOSE -> {
                ending = Ending.DONE;
                channel.close();
            }
        }
    }
}
