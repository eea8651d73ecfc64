package io.penstock.tunnel.carrier;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a kernel splice, registered with the loop in its channel's stead: edge-triggered and for everything at
 * once, so that the interest never has to be changed.
 *
 * <p><em>Loop-confined</em>.
 */
final class SpliceEnd implements EpollIoHandle {
    private static final int HANG_UP = 0x10;
    private static final EpollIoOps ALL = EpollIoOps.EPOLLIN
            .with(EpollIoOps.EPOLLOUT)
            .with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET);

    private final EpollSocketChannel channel;
    private final KernelSplice splice;
    private @Nullable IoRegistration registration;

    SpliceEnd(EpollSocketChannel channel, KernelSplice splice) {
        this.channel = channel;
        this.splice = splice;
    }

    Socket socket() {
        return (Socket) channel.fd();
    }

    void register(IoEventLoop loop) {
        loop.register(this).addListener(done -> {
            if (done.isSuccess()) {
                registration = (IoRegistration) done.getNow();
                registration.submit(ALL);
            } else {
                splice.reset();
            }
        });
    }

    @Override
    public FileDescriptor fd() {
        return channel.fd();
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        splice.ready(this, ((EpollIoEvent) event).ops());
    }

    /** Called when the loop ends. */
    @Override
    public void close() {
        splice.reset();
    }

    boolean hasFailed(EpollIoOps ops) {
        if (!ops.contains(EpollIoOps.EPOLLERR)) {
            return false;
        }
        try {
            return socket().getSoError() != 0;
        } catch (IOException e) {
            return true;
        }
    }

    static boolean isEnding(EpollIoOps ops) {
        return ops.contains(EpollIoOps.EPOLLRDHUP) || (ops.value() & HANG_UP) != 0;
    }

    void deregister() {
        if (registration != null) {
            registration.cancel();
        }
    }

    /** Closes the descriptor; the channel is registered nowhere, so that no other loop has to be asked. */
    void closeSocket(boolean reset) {
        if (reset) {
            lingerNot();
        }
        channel.unsafe().closeForcibly();
    }

    private void lingerNot() {
        try {
            socket().setSoLinger(0);
        } catch (IOException e) {
            // The socket has failed already, so that its peer knows.
        }
    }
}
