package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.penstock.tunnel.link.Carrier;
import io.penstock.tunnel.link.Link;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a carrier, with TLS or without: the last handler of its pipeline. However the connection ends, for the link that is
 * a loss: what ends a link is said in frames.
 *
 * <p><em>Loop-confined</em>.
 */
final class TcpCarrier extends ChannelInboundHandlerAdapter implements Carrier {

    private final Channel channel;
    private @Nullable Link link;
    private boolean closing;
    private String failure = "the carrier was closed by the peer";

    TcpCarrier(Channel channel) {
        this.channel = channel;
    }

    void carry(Link carried) {
        link = carried;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (link != null) {
                link.onBytes(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (link != null && channel.isWritable()) {
            link.onCarrierWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (link != null) {
            link.onCarrierLost(failure);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure = "the carrier failed: " + cause.getMessage();
        channel.close();
    }

    @Override
    public void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void read(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            Farewell.begin(channel);
        }
    }

    @Override
    public void abandon() {
        link = null;
        closing = true;
        ChannelEnding.abandon(channel);
    }

    @Override
    public String describe() {
        return channel.localAddress() + " - " + channel.remoteAddress();
    }
}
