package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Promise;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.link.Link;
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

    private static TunnelException refusal(JoinAnswer answer) {
        String code = answer.refusal().map(JoinRefusal::name).orElse("REFUSED_" + answer.status());
        String meaning = answer.refusal().map(JoinRefusal::meaning).orElse("a reason that this version does not know");
        String detail = answer.detail().isEmpty() ? "" : " (" + answer.detail() + ")";
        return new TunnelException(code, "the relay refused the carrier: " + meaning + detail);
    }
}
