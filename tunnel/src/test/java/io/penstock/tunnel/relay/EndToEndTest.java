package io.penstock.tunnel.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.flow.ByteRate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets on both ends of a real link over loopback. */
@Timeout(60)
class EndToEndTest {

    /** Of our own: on two processors the common pool has one thread, and what runs there waits for each other. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private LoopbackLink link;
    private ServerSocket app;

    @BeforeEach
    void listen() throws Exception {
        app = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        app.setSoTimeout(10_000);
        link = new LoopbackLink(app.getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
        link.close();
        threads.shutdownNow();
    }

    @Test
    void carriesBytesBothWaysExactly() throws Exception {
        byte[] up = bytes(20_000_000, 1);
        byte[] down = bytes(30_000_000, 2);

        CompletableFuture<byte[]> atApp = CompletableFuture.supplyAsync(() -> exchange(accept(), down), threads);
        byte[] atCaller = exchange(link.connect(), up);

        assertThat(atApp.get()).isEqualTo(up);
        assertThat(atCaller).isEqualTo(down);
        link.awaitNoStreams();
        assertThat(link.budgetUsed()).isLessThan(LoopbackLink.UNACKNOWLEDGED_WHEN_IDLE);
    }

    /** Never faster: a machine may always be slower. */
    @Test
    void keepsTheRateThatAllConnectionsShare() throws Exception {
        int length = 1_000_000;
        int connections = 4;
        int rate = 8_000_000;
        long start = System.nanoTime();
        link.pace(new ByteRate(rate, start));
        List<CompletableFuture<byte[]>> ends = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Socket caller = link.connect();
            Socket accepted = accept();
            byte[] sent = bytes(length, i);
            ends.add(CompletableFuture.supplyAsync(() -> exchange(accepted, sent), threads));
            ends.add(CompletableFuture.supplyAsync(() -> exchange(caller, sent), threads));
        }

        assertThat(ends).allSatisfy(end -> assertThat(end.join()).hasSize(length));
        // Not waited for: what may pass at once in the beginning, and in the end a read and two windows of each
        // direction.
        long waitedFor = 2L * connections * (length - 3 * 64 * 1024) - rate / 10;
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.SECONDS.toNanos(1) * waitedFor / rate);
        link.awaitNoStreams();
        assertThat(link.budgetUsed()).isLessThan(LoopbackLink.UNACKNOWLEDGED_WHEN_IDLE);
    }

    @Test
    void givesBackWhatAPacedConnectionOwesWhenItIsCut() throws Exception {
        link.pace(new ByteRate(1, System.nanoTime()));
        try (Socket caller = link.connect();
                Socket accepted = accept()) {
            accepted.getOutputStream().write(new byte[100_000]);
            assertThat(caller.getInputStream().readNBytes(50_000)).hasSize(50_000);
            abort(caller);

            InputStream in = accepted.getInputStream();
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        link.awaitNoStreams();
        assertThat(link.budgetUsed()).isLessThan(LoopbackLink.UNACKNOWLEDGED_WHEN_IDLE);
    }

    @Test
    void keepsTheOtherDirectionOpenAfterHalfClose() throws Exception {
        try (Socket caller = link.connect()) {
            caller.getOutputStream().write("question".getBytes(UTF_8));
            caller.shutdownOutput();
            try (Socket accepted = accept()) {
                assertThat(accepted.getInputStream().readAllBytes()).isEqualTo("question".getBytes(UTF_8));
                accepted.getOutputStream().write("answer after the end of input".getBytes(UTF_8));
                accepted.shutdownOutput();
                assertThat(new String(caller.getInputStream().readAllBytes(), UTF_8))
                        .isEqualTo("answer after the end of input");
            }
        }
        link.awaitNoStreams();
    }

    @Test
    void letsTheAppSpeakFirst() throws Exception {
        try (Socket caller = link.connect();
                Socket accepted = accept()) {
            accepted.getOutputStream().write("220 ready".getBytes(UTF_8));
            assertThat(caller.getInputStream().readNBytes(9)).isEqualTo("220 ready".getBytes(UTF_8));
        }
        link.awaitNoStreams();
    }

    @Test
    void showsTheCallerAResetWhenTheAppResets() throws Exception {
        try (Socket caller = link.connect()) {
            caller.getOutputStream().write(1);
            Socket accepted = accept();
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            accepted.getOutputStream().write(new byte[1000]);
            abort(accepted);

            InputStream in = caller.getInputStream();
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        link.awaitNoStreams();
        assertThat(link.budgetUsed()).isLessThan(LoopbackLink.UNACKNOWLEDGED_WHEN_IDLE);
    }

    @Test
    void resetsTheAppWhenTheCallerResets() throws Exception {
        Socket caller = link.connect();
        caller.getOutputStream().write(1);
        try (Socket accepted = accept()) {
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            abort(caller);

            InputStream in = accepted.getInputStream();
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        link.awaitNoStreams();
    }

    @Test
    void boundsWhatAStuckReaderHoldsAndServesOthers() throws Exception {
        try (Socket stuck = link.connect();
                Socket flooding = accept()) {
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(flooding), threads);
            for (int i = 0; i < 50; i++) {
                echoOnce();
            }
            // Window, one carrier read and what the kernel's buffers hide: far below what the app wants to send.
            assertThat(link.budgetUsed()).isLessThan(8_000_000);
            abort(stuck);
            flood.get();
        }
        link.awaitNoStreams();
        assertThat(link.budgetUsed()).isLessThan(LoopbackLink.UNACKNOWLEDGED_WHEN_IDLE);
    }

    @Test
    void refusesWhenNothingListens() throws Exception {
        app.close();
        try (Socket caller = link.connect()) {
            InputStream in = caller.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        link.awaitNoStreams();
    }

    @Test
    void endsOpenConnectionsWithAResetWhenTheLinkIsLost() throws Exception {
        try (Socket caller = link.connect();
                Socket accepted = accept()) {
            accepted.getOutputStream().write(7);
            assertThat(caller.getInputStream().read()).isEqualTo(7);

            link.cut();

            InputStream in = caller.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
        assertThat(link.budgetUsed()).isLessThan(LoopbackLink.UNACKNOWLEDGED_WHEN_IDLE);
    }

    private void echoOnce() throws IOException {
        try (Socket caller = link.connect();
                Socket accepted = accept()) {
            caller.getOutputStream().write(42);
            accepted.getOutputStream().write(accepted.getInputStream().read());
            assertThat(caller.getInputStream().read()).isEqualTo(42);
        }
    }

    private static void abort(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void flood(Socket socket) {
        try {
            byte[] block = new byte[64 * 1024];
            for (int i = 0; i < 2000; i++) {
                socket.getOutputStream().write(block);
            }
        } catch (IOException expected) {
            // The stuck reader goes away in the end.
        }
    }

    private Socket accept() {
        try {
            return app.accept();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes all, half-closes, and reads all meanwhile. */
    private byte[] exchange(Socket socket, byte[] bytes) {
        try (socket) {
            CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> readAll(socket), threads);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return read.join();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] readAll(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
