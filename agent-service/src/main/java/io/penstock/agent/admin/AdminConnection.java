package io.penstock.agent.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;

/**
 * How each connection of the admin port is set up. Requests come one by one: the next is read when the answer to the last one has
 * left, so a client that sends and sends and never reads costs one read and one answer, and is closed after a minute.
 *
 * <p><em>Loop-confined</em> to the port's loop, on which all of them live.
 */
final class AdminConnection extends ChannelInitializer<Channel> {

    /** More than probes and scrapes need; whoever comes beyond it is closed at once. */
    static final int MAX_CONNECTIONS = 64;

    private static final int MAX_REQUEST = 8 * 1024;
    // Short, so that those who only hold connections do not keep the probes out for long.
    private static final int IDLE_SECONDS = 10;

    private final AdminHandler handler;
    private int open;

    AdminConnection(AdminHandler handler) {
        this.handler = handler;
    }

    @Override
    protected void initChannel(Channel connection) {
        if (open == MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        open++;
        connection.closeFuture().addListener(closed -> open--);
        connection.config().setAutoRead(false);
        connection
                .pipeline()
                .addLast(
                        new ReadTimeoutHandler(IDLE_SECONDS),
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MAX_REQUEST),
                        new FlowControlHandler(),
                        handler);
    }
}
