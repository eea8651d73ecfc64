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
 * <p><em>Thread-safe</em>.
 */
final class AdminConnection extends ChannelInitializer<Channel> {

    private static final int MAX_REQUEST = 8 * 1024;
    private static final int IDLE_SECONDS = 60;

    private final AdminHandler handler;

    AdminConnection(AdminHandler handler) {
        this.handler = handler;
    }

    @Override
    protected void initChannel(Channel connection) {
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
