package io.penstock.tunnel.carrier;

import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.penstock.api.relay.v1.CarrierBytes;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A call whose messages are bytes, as a channel: so that whatever shakes hands, carries or copies on a TCP connection does it on a call.
 *
 * <pre>
 *              the peer ends its bytes      the call fails     we finish our bytes                 we close
 * OPEN         end shown behind the last    CLOSED, said why   half-close (client), OK (server)    CLOSED, call cancelled or failed
 * CLOSED       -                            -                  -                                   -
 * </pre>
 *
 * A server that finishes ends the call, and with it the client's bytes. A client whose server has ended closes by itself.
 *
 * <p>What comes in is asked for message by message, when the channel is read; what goes out waits in the channel's own buffer until the
 * call is ready. So both directions hold the other side back as TCP does, by HTTP/2's windows.
 *
 * <p><em>Loop-confined</em>, except the {@code on...} methods, which gRPC calls on threads of its own and which hop to the loop. The call
 * is touched on the loop only.
 */
final class CallChannel extends AbstractChannel implements DuplexChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final EventLoop loop;
    private final CallSide side;
    private final SocketAddress address;
    private final ChannelConfig config = new DefaultChannelConfig(this) {
        @Override
        protected void autoReadCleared() {
            readWanted = false;
        }
    };
    private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>();
    private final CallStreamObserver<CarrierBytes> call;
    private boolean readWanted;
    private boolean asked; // what comes when nobody wants to read any more is kept
    private boolean inputEnded;
    private volatile boolean outputFinished;
    private volatile boolean closed;

    /** The call has begun and asks for nothing by itself; the address is for logs. */
    CallChannel(EventLoop loop, CallSide side, SocketAddress address, CallStreamObserver<CarrierBytes> call) {
        super(null);
        this.loop = loop;
        this.side = side;
        this.address = address;
        this.call = call;
    }

    void onBytes(CarrierBytes message) {
        ByteBuf bytes = Unpooled.wrappedBuffer(message.getData().asReadOnlyByteBuffer());
        onLoop(() -> {
            asked = false;
            if (closed) {
                bytes.release();
            } else {
                arrived.add(bytes);
                deliver();
            }
        });
    }

    void onReady() {
        onLoop(((CallUnsafe) unsafe())::flushAgain);
    }

    /** The peer has sent its last message. */
    void onEnd() {
        onLoop(() -> {
            inputEnded = true;
            deliver();
        });
    }

    /** The call is over before its time. */
    void onFailure(Throwable failure) {
        onLoop(() -> {
            if (!closed) {
                outputFinished = true; // there is no call any more that could be told
                pipeline().fireExceptionCaught(new CallFailure(Status.fromThrowable(failure)));
                close();
            }
        });
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop() && isRegistered()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** One message for each read: what else has arrived waits for the next one. */
    private void deliver() {
        if (closed || !readWanted) {
            return;
        }
        ByteBuf next = arrived.poll();
        if (next != null) {
            readWanted = false;
            pipeline().fireChannelRead(next);
            pipeline().fireChannelReadComplete();
        } else if (inputEnded) {
            readWanted = false;
            showEnd();
        }
    }

    private void showEnd() {
        pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        if (side == CallSide.CLIENT && !closed) {
            outputFinished = true; // the call is over on both sides
            close();
        }
    }

    @Override
    protected void doBeginRead() {
        if (readWanted) {
            return;
        }
        readWanted = true;
        if (!arrived.isEmpty() || inputEnded) {
            loop.execute(this::deliver);
        } else if (!asked) {
            asked = true;
            call.request(1);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        CallMessages.send(out, call);
    }

    @Override
    protected void doShutdownOutput() {
        if (!outputFinished) {
            outputFinished = true;
            call.onCompleted();
            if (side == CallSide.SERVER) {
                onEnd(); // the client hears that the call is over, and is not heard any more
            }
        }
    }

    @Override
    protected void doClose() {
        closed = true;
        arrived.forEach(ByteBuf::release);
        arrived.clear();
        if (!outputFinished) {
            outputFinished = true;
            call.onError(Status.UNAVAILABLE
                    .withDescription("the carrier was ended here")
                    .asRuntimeException());
        } else if (side == CallSide.CLIENT && !inputEnded) {
            call.onError(Status.CANCELLED.asRuntimeException());
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected boolean isCompatible(EventLoop candidate) {
        return candidate == loop;
    }

    @Override
    protected SocketAddress localAddress0() {
        return CallAddress.HERE;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return address;
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("bind: not of a call");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    public boolean isInputShutdown() {
        return inputEnded;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return newSucceededFuture();
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        return promise.setSuccess();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputFinished;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        onLoop(() -> {
            if (closed) {
                promise.tryFailure(new ClosedChannelException());
            } else if (outputFinished) {
                promise.trySuccess();
            } else {
                ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
            }
        });
        return promise;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public ChannelFuture shutdown() {
        return close();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        return close(promise);
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new CallUnsafe();
    }

    private final class CallUnsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("connect: not of a call"));
        }

        void flushAgain() {
            if (!closed) {
                flush0();
            }
        }
    }
}
