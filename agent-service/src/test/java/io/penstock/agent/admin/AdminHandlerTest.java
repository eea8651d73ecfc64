package io.penstock.agent.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.penstock.agent.control.ControlReadings;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminHandlerTest {

    private static final String LIVENESS = "/actuator/health/liveness";

    private final AgentHealth health = new AgentHealth(new ControlReadings());
    private final EmbeddedChannel connection = connect();
    private final SlowClient client = new SlowClient();

    @AfterEach
    void close() {
        client.takeAll();
        connection.finishAndReleaseAll();
    }

    @Test
    void answersTheNextRequestOnlyWhenTheLastAnswerHasLeft() {
        slow();

        connection.writeInbound(requests(LIVENESS, LIVENESS, LIVENESS));

        assertThat(client.answers).hasSize(1);
        client.take();
        assertThat(client.answers).hasSize(1);
        client.take();
        assertThat(client.answers).hasSize(1);
        client.take();
        assertThat(client.answers).isEmpty();
    }

    @Test
    void answersAsManyAsComeAtOnce() {
        String[] many = new String[5000];
        Arrays.fill(many, LIVENESS);

        connection.writeInbound(requests(many));

        StringBuilder heard = new StringBuilder();
        for (ByteBuf part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            heard.append(part.toString(US_ASCII));
            part.release();
        }
        assertThat(heard.toString().split("HTTP/1.1 200 OK", -1)).hasSize(many.length + 1);
    }

    @Test
    void closesBehindTheLastAnswerWhenAsked() {
        connection.writeInbound(text("GET " + LIVENESS + " HTTP/1.1\r\nConnection: close\r\n\r\n"));

        assertThat(connection.isOpen()).isFalse();
    }

    private EmbeddedChannel connect() {
        return new EmbeddedChannel(new AdminConnection(new AdminHandler(health, () -> "")));
    }

    /** The client reads no answer until the test takes it. */
    private void slow() {
        String codec = connection.pipeline().context(HttpServerCodec.class).name();
        connection.pipeline().addAfter(codec, "slow", client);
    }

    private static ByteBuf requests(String... paths) {
        StringBuilder all = new StringBuilder();
        for (String path : paths) {
            all.append("GET ").append(path).append(" HTTP/1.1\r\n\r\n");
        }
        return text(all.toString());
    }

    private static ByteBuf text(String words) {
        return Unpooled.copiedBuffer(words, US_ASCII);
    }

    /** Keeps answers from leaving. Loop-confined. */
    private static final class SlowClient extends ChannelOutboundHandlerAdapter {
        final ArrayDeque<ChannelPromise> answers = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ((FullHttpResponse) message).release();
            answers.add(promise);
        }

        void take() {
            answers.remove().setSuccess();
        }

        void takeAll() {
            while (!answers.isEmpty()) {
                take();
            }
        }
    }
}
