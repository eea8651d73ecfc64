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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminHandlerTest {

    private static final String LIVENESS = "/actuator/health/liveness";

    private final AgentHealth health = new AgentHealth(new ControlReadings());
    private final CompletableFuture<String> scrape = new CompletableFuture<>();
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
        settle();

        assertThat(client.answers).hasSize(1);
        client.take();
        settle();
        assertThat(client.answers).hasSize(1);
        client.take();
        settle();
        assertThat(client.answers).hasSize(1);
        client.take();
        settle();
        assertThat(client.answers).isEmpty();
    }

    @Test
    void holdsNothingUpWhileAScrapeIsWritten() {
        connection.writeInbound(requests("/actuator/prometheus", LIVENESS));
        settle();
        EmbeddedChannel other = connect();
        other.writeInbound(requests(LIVENESS));
        String meanwhile = heard(other);
        String before = heard(connection);

        scrape.complete("penstock_streams_open 1");
        connection.runPendingTasks();

        assertThat(meanwhile).contains("{\"status\":\"UP\"}");
        assertThat(before).isEmpty();
        assertThat(heard(connection)).containsSubsequence("penstock_streams_open 1", "HTTP/1.1 200", "UP");
        other.finishAndReleaseAll();
    }

    @Test
    void closesAConnectionThatIsOneTooMany() {
        AdminConnection port = new AdminConnection(new AdminHandler(health, () -> scrape));
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int i = 0; i < AdminConnection.MAX_CONNECTIONS; i++) {
            all.add(new EmbeddedChannel(port));
        }
        assertThat(all).allMatch(EmbeddedChannel::isOpen);

        assertThat(new EmbeddedChannel(port).isOpen()).isFalse();

        all.remove(0).close();
        all.add(new EmbeddedChannel(port));
        assertThat(all).allMatch(EmbeddedChannel::isOpen);
        all.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void saysThatAScrapeFailed() {
        connection.writeInbound(requests("/actuator/prometheus"));

        scrape.completeExceptionally(new IllegalStateException("as scripted"));
        connection.runPendingTasks();

        assertThat(heard(connection)).startsWith("HTTP/1.1 500").contains("the metrics cannot be written");
    }

    @Test
    void asksForFewerScrapesOnlyWhenTooManyWait() {
        connection.writeInbound(requests("/actuator/prometheus"));

        scrape.completeExceptionally(new RejectedExecutionException("as scripted"));
        connection.runPendingTasks();

        assertThat(heard(connection)).startsWith("HTTP/1.1 503").contains("expected: fewer scrapes at once");
    }

    @Test
    void closesBehindTheLastAnswerWhenAsked() {
        connection.writeInbound(text("GET " + LIVENESS + " HTTP/1.1\r\nConnection: close\r\n\r\n"));

        assertThat(connection.isOpen()).isFalse();
    }

    private void settle() {
        while (connection.hasPendingTasks()) {
            connection.runPendingTasks();
        }
    }

    private EmbeddedChannel connect() {
        return new EmbeddedChannel(new AdminConnection(new AdminHandler(health, () -> scrape)));
    }

    /** The client reads no answer until the test takes it. */
    private void slow() {
        String codec = connection.pipeline().context(HttpServerCodec.class).name();
        connection.pipeline().addAfter(codec, "slow", client);
    }

    private static String heard(EmbeddedChannel by) {
        StringBuilder heard = new StringBuilder();
        for (ByteBuf part = by.readOutbound(); part != null; part = by.readOutbound()) {
            heard.append(part.toString(US_ASCII));
            part.release();
        }
        return heard.toString();
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
