package io.penstock.tunnel.relay;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.penstock.tunnel.LoopConfined;

/**
 * Whether a caller's or an app's socket is read: such a socket is made unread, and from then on only this flips its {@code autoRead}.
 * One whose input has ended is never opened again, since asking for more then throws in the epoll transport and loses what came
 * before. Carriers and listeners are not the business of this: they stop and go on by themselves.
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
