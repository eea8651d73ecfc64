package io.penstock.tunnel.carrier;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel interface that sockets of this process use. Chosen once at start; loops and channels of two transports
 * do not mix. Event loop groups are made by the services from {@link #ioHandlerFactory()}.
 *
 * <p><em>Immutable</em>.
 */
public enum Transport {
    /** Linux; the only one that can splice in the kernel. */
    EPOLL,
    /** macOS. */
    KQUEUE,
    /** The JDK's selector, everywhere else. */
    NIO;

    /** The system property that forces a transport: {@code auto} (default), {@code epoll}, {@code kqueue}, {@code nio}. */
    public static final String PROPERTY = "penstock.transport";

    private static final Logger log = LoggerFactory.getLogger(Transport.class);

    /** Chooses by the system property, or else the best one that this machine has, and logs the choice. */
    public static Transport choose() {
        return choose(System.getProperty(PROPERTY, "auto"));
    }

    /**
     * Chooses by name and logs the choice.
     *
     * @throws IllegalArgumentException if the name is unknown or the transport is not available here
     */
    public static Transport choose(String name) {
        Transport chosen = name.equals("auto") ? best() : named(name);
        log.info("transport {} (splice {}, SO_REUSEPORT {})", chosen, chosen.canSplice(), chosen.canReusePort());
        return chosen;
    }

    public IoHandlerFactory ioHandlerFactory() {
        return switch (this) {
            case EPOLL -> new EpollMask();
            case KQUEUE -> KQueueIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    public Class<? extends ServerSocketChannel> serverChannel() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case KQUEUE -> KQueueServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    public Class<? extends SocketChannel> socketChannel() {
        return switch (this) {
            case EPOLL -> EpollSocketChannel.class;
            case KQUEUE -> KQueueSocketChannel.class;
            case NIO -> NioSocketChannel.class;
        };
    }

    /** Returns whether bytes can go from socket to socket without passing through this process. */
    public boolean canSplice() {
        return this == EPOLL;
    }

    public boolean canReusePort() {
        return this != NIO;
    }

    /** Returns the option that lets several listeners share one port, where there is one. */
    public Optional<ChannelOption<Boolean>> reusePort() {
        return canReusePort() ? Optional.of(UnixChannelOption.SO_REUSEPORT) : Optional.empty();
    }

    public boolean isAvailable() {
        return switch (this) {
            case EPOLL -> Epoll.isAvailable();
            case KQUEUE -> KQueue.isAvailable();
            case NIO -> true;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Transport best() {
        for (Transport transport : values()) {
            if (transport.isAvailable()) {
                return transport;
            }
        }
        throw new AssertionError("nio is always available");
    }

    private static Transport named(String name) {
        for (Transport transport : values()) {
            if (transport.toString().equals(name)) {
                return requireAvailable(transport);
            }
        }
        throw new IllegalArgumentException(PROPERTY + ": " + name + " (expected: auto, epoll, kqueue or nio)");
    }

    private static Transport requireAvailable(Transport transport) {
        if (!transport.isAvailable()) {
            throw new IllegalArgumentException(
                    PROPERTY + ": " + transport + " (expected: one that this machine has, such as " + best() + ")");
        }
        return transport;
    }
}
