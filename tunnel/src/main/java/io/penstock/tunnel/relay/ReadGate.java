package io.penstock.tunnel.relay;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.penstock.tunnel.LoopConfined;

/**
 * Whether a socket is read: the only place that flips {@code autoRead}. A socket whose input has ended is never opened again,
 * since asking for more then throws in the epoll transport and loses what came before.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class ReadGate {

    private final Channel channel;

    public ReadGate(Channel channel) {
        this.channel = channel;
    }

    public void open() {
        if (channel.isOpen() && !(channel instanceof SocketChannel socket && socket.isInputShutdown())) {
            channel.config().setAutoRead(true);
        }
    }

    public void close() {
        channel.config().setAutoRead(false);
    }

    public void openIf(boolean wanted) {
        if (wanted) {
            open();
        } else {
            close();
        }
    }
}
