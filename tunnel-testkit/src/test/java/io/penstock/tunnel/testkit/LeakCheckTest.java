package io.penstock.tunnel.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class LeakCheckTest {

    @Test
    void findsABufferThatNobodyReleased() {
        LeakCheck check = LeakCheck.begin();
        ByteBuf forgotten = PooledByteBufAllocator.DEFAULT.directBuffer(10);

        assertThatThrownBy(check::finish).hasMessageContaining("1 buffers").hasSuppressedException(madeHere());

        forgotten.release();
    }

    private static Throwable madeHere() {
        return new Throwable("made here");
    }

    @Test
    void findsAThreadThatStays() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        LeakCheck check = LeakCheck.begin();
        Thread lingering = new Thread(() -> awaitQuietly(latch), "lingering");
        lingering.start();

        assertThatThrownBy(check::finish).hasMessageContaining("thread lingering");

        latch.countDown();
        lingering.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void findsAnExceptionThatNobodyCaught() throws InterruptedException {
        LeakCheck check = LeakCheck.begin();
        Thread failing = new Thread(() -> {
            throw new IllegalStateException("lost");
        });
        failing.start();
        failing.join();

        assertThatThrownBy(check::finish).hasMessageContaining("uncaught java.lang.IllegalStateException: lost");
    }

    @Test
    void isContentWhenEverythingWasGivenBack() {
        LeakCheck check = LeakCheck.begin();
        PooledByteBufAllocator.DEFAULT.heapBuffer(10).release();

        assertThatCode(check::finish).doesNotThrowAnyException();
    }
}
