package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Promise;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.link.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last step before a link: says our hello, checks the peer's, and puts the carrier in its own place. Bytes that came with the
 * peer's hello go on to the carrier.
 *
 * <p><em>Loop-confined</em>.
 */
final class HelloExchange extends ByteToMessageDecoder {

    private final LinkMaker maker;
    private final LinkInvitation invitation;
    private final Promise<Link> outcome;

    HelloExchange(LinkMaker maker, LinkInvitation invitation, Promise<Link> outcome) {
        this.maker = maker;
        this.invitation = invitation;
        this.outcome = outcome;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        sayHello(context);
    }

    /** For a channel that was active before this handler came. */
    void sayHello(ChannelHandlerContext context) {
        ByteBuf hello = context.alloc().ioBuffer(LinkHello.LENGTH);
        maker.hello(invitation).encode(hello);
        context.writeAndFlush(hello, context.voidPromise());
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LinkHello.LENGTH) {
            return;
        }
        String fault = LinkHello.faultOf(in);
        LinkHello peer = fault == null ? LinkHello.decode(in) : null;
        if (peer == null || !isOther(peer)) {
            in.skipBytes(in.readableBytes());
            fail(
                    context,
                    fault == null ? "peer: " + peer + " (expected: the other end of " + invitation.id() + ")" : fault);
            return;
        }
        begin(context, peer);
    }

    private boolean isOther(LinkHello peer) {
        return peer.link().equals(invitation.id())
                && peer.side() == invitation.side().opposite();
    }

    private void begin(ChannelHandlerContext context, LinkHello peer) {
        TcpCarrier carrier = new TcpCarrier(context.channel());
        Link link = maker.make(invitation, peer, carrier, context.channel());
        carrier.carry(link);
        link.start();
        if (!outcome.trySuccess(link)) {
            // Nobody waits any more: the dialler gave up while the hello was under way.
            context.close();
        }
        context.pipeline().addLast(carrier);
        context.pipeline().remove(this);
    }

    private void fail(ChannelHandlerContext context, @Nullable String sentence) {
        outcome.tryFailure(new TunnelException("PROTOCOL_ERROR", String.valueOf(sentence)));
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        outcome.tryFailure(new TunnelException(
                "LINK_LOST",
                "link " + invitation.id()
                        + ": the far end closed the carrier before its handshake (expected: a hello)"));
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        outcome.tryFailure(new TunnelException("LINK_LOST", "link " + invitation.id() + ": " + cause.getMessage()));
        context.close();
    }
}
