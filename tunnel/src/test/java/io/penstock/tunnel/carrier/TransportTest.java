package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class TransportTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void isEpollOnLinux() {
        assertThat(Transport.choose("auto")).isEqualTo(Transport.EPOLL);
        assertThat(Transport.EPOLL.canSplice()).isTrue();
        assertThat(Transport.EPOLL.reusePort()).isPresent();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesWhatIsNotToBeHad() {
        assertThatThrownBy(() -> Transport.choose("kqueue"))
                .hasMessage("penstock.transport: kqueue (expected: one that this machine has, such as epoll)");
    }

    @Test
    void canBeForced() {
        assertThat(Transport.choose("nio")).isEqualTo(Transport.NIO);
        assertThatThrownBy(() -> Transport.choose("uring"))
                .hasMessage("penstock.transport: uring (expected: auto, epoll, kqueue or nio)");
    }

    @Test
    void everyAvailableOneMakesLoopsForItsChannels() throws Exception {
        for (Transport transport : Transport.values()) {
            if (transport.isAvailable()) {
                var loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlerFactory());
                var channel = transport.socketChannel().getConstructor().newInstance();

                assertThat(loops.register(channel).await(10, TimeUnit.SECONDS)).isTrue();

                channel.close();
                loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
            }
        }
    }
}
