package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Promise;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.tls.TlsFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last step before a link: says our hello, checks the peer's, and puts the carrier in its own place. Bytes that came with the
 * peer's hello go on to the carrier.
 *
 * <p><em>Loop-confined</em>.
 */
final class HelloExchange extends ByteToMessageDecoder {

    private final Handshake handshake;
    private final Promise<Link> outcome;
    private boolean said;

    HelloExchange(Handshake handshake, Promise<Link> outcome) {
        this.handshake = handshake;
        this.outcome = outcome;
    }

    Promise<Link> outcome() {
        return outcome;
    }

    /** A carrier that we have dialled: ours is the first word. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (handshake.isWanted()) {
            sayHello(context);
        } else {
            fail(context, "link " + handshake.link() + ": has a carrier again (expected: none, or a silent one)");
        }
    }

    private void sayHello(ChannelHandlerContext context) {
        said = true;
        ByteBuf hello = context.alloc().ioBuffer(LinkHello.LENGTH);
        handshake.hello().encode(hello);
        context.writeAndFlush(hello, context.voidPromise());
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LinkHello.LENGTH) {
            return;
        }
        String fault = LinkHello.faultOf(in);
        LinkHello peer = fault == null ? LinkHello.decode(in) : null;
        if (peer != null) {
            fault = faultOf(peer);
        }
        if (peer == null || fault != null) {
            in.skipBytes(in.readableBytes());
            fail(context, fault);
            return;
        }
        if (!said) {
            // Not before: whoever has only a token must not take a link from its carrier.
            sayHello(context);
        }
        begin(context, peer);
    }

    private @Nullable String faultOf(LinkHello peer) {
        boolean isOther = peer.link().equals(handshake.link())
                && peer.side() == handshake.side().opposite();
        return isOther
                ? handshake.faultOf(peer)
                : "peer: " + peer + " (expected: the other end of " + handshake.link() + ")";
    }

    private void begin(ChannelHandlerContext context, LinkHello peer) {
        TcpCarrier carrier = new TcpCarrier(context.channel());
        Link link = handshake.complete(peer, carrier, context.channel());
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
                "link " + handshake.link()
                        + ": the far end closed the carrier before its handshake (expected: a hello)"));
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A far end that does not like our certificate may say so when we think that all is well.
        TunnelException failure = TlsFault.isIn(cause)
                ? new TunnelException(codeOf(cause), "link " + handshake.link() + ": " + TlsFault.sentence(cause))
                : new TunnelException("LINK_LOST", "link " + handshake.link() + ": " + cause.getMessage());
        outcome.tryFailure(failure);
        context.close();
    }

    private static String codeOf(Throwable fault) {
        return TlsFault.isSilence(fault) ? "DIAL_FAILED" : "TLS_FAILED";
    }
}
