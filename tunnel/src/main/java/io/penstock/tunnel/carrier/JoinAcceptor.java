package io.penstock.tunnel.carrier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.penstock.tunnel.link.Link;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The accepting end of the JOIN on a link port: checks the token, answers once, and leaves the pipeline to the hello. Who has
 * not become a link within the deadline is closed.
 *
 * <p><em>Loop-confined</em>.
 */
final class JoinAcceptor extends ByteToMessageDecoder {

    private static final long DEADLINE_SECONDS = 5;

    private final LinkMaker maker;
    private final LinkAdmission admission;
    private @Nullable Future<?> deadline;
    private boolean settling;

    JoinAcceptor(LinkMaker maker, LinkAdmission admission) {
        this.maker = maker;
        this.admission = admission;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(
                        () -> refuse(context, JoinRefusal.BAD_PREFACE, "no JOIN within 5 s"),
                        DEADLINE_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (settling) {
            // The hello may have come with the JOIN; it waits here for its handler.
            return;
        }
        JoinPreface.Outcome outcome = JoinPreface.read(in);
        if (outcome instanceof JoinPreface.Outcome.Refused refused) {
            in.skipBytes(in.readableBytes());
            refuse(context, refused.refusal(), refused.detail());
        } else if (outcome instanceof JoinPreface.Outcome.Complete complete) {
            Optional<LinkAdmission.Expected> expected = admission.admit(complete.token());
            if (expected.isPresent()) {
                settle(context, expected.get());
            } else {
                in.skipBytes(in.readableBytes());
                refuse(context, JoinRefusal.TOKEN_FORGED, JoinRefusal.TOKEN_FORGED.meaning());
            }
        }
    }

    /** Moves the carrier to the loop of the link before a byte of the link is read. */
    private void settle(ChannelHandlerContext context, LinkAdmission.Expected expected) {
        if (expected.loop().inEventLoop()) {
            join(context, expected.invitation());
            return;
        }
        settling = true;
        Channel channel = context.channel();
        channel.config().setAutoRead(false);
        // Later, so that neither the read under way nor this handler's buffer is left half done.
        context.executor()
                .execute(() -> channel.deregister()
                        .addListener(gone -> expected.loop().register(channel).addListener(here -> {
                            join(context, expected.invitation());
                            channel.config().setAutoRead(true);
                        })));
    }

    private void join(ChannelHandlerContext context, LinkInvitation invitation) {
        Promise<Link> outcome = context.channel().eventLoop().newPromise();
        HelloExchange hello = new HelloExchange(maker, invitation, outcome);
        Future<?> limit = deadline;
        outcome.addListener(done -> {
            if (limit != null) {
                limit.cancel(false);
            }
            if (outcome.isSuccess()) {
                admission.onLink(outcome.getNow());
            }
        });
        answer(context, JoinAnswer.PAIRED);
        context.pipeline().addLast(hello);
        hello.sayHello(context.pipeline().context(hello));
        context.pipeline().remove(this);
    }

    private void refuse(ChannelHandlerContext context, JoinRefusal refusal, String detail) {
        admission.onRefused(refusal);
        ByteBuf out = context.alloc().ioBuffer();
        JoinAnswer.refused(refusal, detail).write(out);
        context.channel().writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
    }

    private static void answer(ChannelHandlerContext context, JoinAnswer answer) {
        ByteBuf out = context.alloc().ioBuffer();
        answer.write(out);
        context.write(out, context.voidPromise());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (deadline != null) {
            deadline.cancel(false);
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
