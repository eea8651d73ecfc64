package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Promise;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.tls.TlsFault;
import java.util.List;
import java.util.Optional;

/**
 * The dialling end of the JOIN: sends it, waits for the one answer, and leaves the pipeline to the hello behind it.
 *
 * <p><em>Loop-confined</em>.
 */
final class JoinDialler extends ByteToMessageDecoder {

    private final byte[] token;
    private final Promise<Link> outcome;

    JoinDialler(byte[] token, Promise<Link> outcome) {
        this.token = token;
        this.outcome = outcome;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ByteBuf join = context.alloc().ioBuffer(8 + token.length);
        JoinPreface.write(token, join);
        context.write(join, context.voidPromise());
        context.fireChannelActive();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        Optional<JoinAnswer> answer = JoinAnswer.read(in);
        if (answer.isEmpty()) {
            return;
        }
        if (answer.get().isPaired()) {
            context.pipeline().remove(this);
        } else {
            in.skipBytes(in.readableBytes());
            outcome.tryFailure(refusal(answer.get()));
            context.close();
        }
    }

    /** Whether somebody is known to be there: the JOIN was answered, or a certificate that is trusted was shown. */
    static boolean isAnswered(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return channel.pipeline().get(JoinDialler.class) == null
                || (tls != null && tls.handshakeFuture().isSuccess());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        unanswered(context, "the far end closed the carrier before it answered (expected: an answer to the JOIN)");
        super.channelInactive(context);
    }

    /** What TLS has to say about it is the next handler's. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!TlsFault.isIn(cause)) {
            unanswered(context, String.valueOf(cause.getMessage()));
        }
        context.fireExceptionCaught(cause);
    }

    private void unanswered(ChannelHandlerContext context, String why) {
        if (!isAnswered(context.channel())) {
            outcome.tryFailure(new TunnelException(
                    "DIAL_FAILED", "carrier to " + context.channel().remoteAddress() + ": " + why));
        }
    }

    private static TunnelException refusal(JoinAnswer answer) {
        String code = answer.refusal().map(JoinRefusal::name).orElse("REFUSED_" + answer.status());
        String meaning = answer.refusal().map(JoinRefusal::meaning).orElse("a reason that this version does not know");
        String detail = answer.detail().isEmpty() ? "" : " (" + answer.detail() + ")";
        return new TunnelException(code, "the relay refused the carrier: " + meaning + detail);
    }
}
