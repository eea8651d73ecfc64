package io.penstock.gateway.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The agent's end of a link: opens streams and remembers what became of them. <em>Thread-safe</em>. */
final class AgentEnd implements LinkListener {

    @Override
    public StreamListener onStream(Link link, MuxStream stream) {
        throw new AssertionError("a stream from the gateway (expected: none)");
    }

    @Override
    public void onClosed(Link link, CloseCause cause) {}

    /** Opens a stream with bytes behind it, ends our direction, and returns what came back until the stream's end. */
    static Answer ask(Link link, StreamTarget target, String bytes) throws Exception {
        return begin(link, target, bytes).get(20, TimeUnit.SECONDS);
    }

    /** The same, without waiting for it. */
    static CompletableFuture<Answer> begin(Link link, StreamTarget target, String bytes) {
        Answering answering = new Answering();
        link.loop().execute(() -> {
            MuxStream stream = Objects.requireNonNull(link.open(target, answering));
            answering.stream = stream;
            stream.send(Unpooled.copiedBuffer(bytes, UTF_8));
            stream.halfClose();
        });
        return answering.answer;
    }

    record Answer(String bytes, CloseCause cause) {}

    /** One caller. Loop-confined, but for its answer. */
    private static final class Answering implements StreamListener {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final StringBuilder heard = new StringBuilder();
        private @Nullable MuxStream stream;

        @Override
        public void onAccepted() {}

        @Override
        public void onData(ByteBuf bytes) {
            int length = bytes.readableBytes();
            heard.append(bytes.toString(UTF_8));
            bytes.release();
            Objects.requireNonNull(stream).consumed(length);
        }

        @Override
        public void onWritable() {}

        @Override
        public void onHalfClosed() {}

        @Override
        public void onClosed(CloseCause cause) {
            answer.complete(new Answer(heard.toString(), cause));
        }
    }
}
