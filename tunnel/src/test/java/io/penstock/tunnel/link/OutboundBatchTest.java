package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.FrameDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutboundBatchTest {

    private final List<ByteBuf> out = new ArrayList<>();
    private final OutboundBatch batch = new OutboundBatch(UnpooledByteBufAllocator.DEFAULT, out::add);

    @AfterEach
    void releaseAll() {
        batch.clear();
        out.forEach(ByteBuf::release);
        assertThat(out).allMatch(bytes -> bytes.refCnt() == 0);
    }

    private List<Frame> decoded() {
        List<Frame> frames = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(new FrameDecoder.Sink() {
            @Override
            public void onFrame(Frame frame) {
                frames.add(frame);
            }

            @Override
            public void onViolation(String sentence) {
                throw new AssertionError(sentence);
            }
        });
        out.forEach(bytes -> decoder.decode(bytes.duplicate()));
        frames.forEach(frame -> {
            if (frame instanceof Frame.Data data) {
                data.bytes().release();
            }
        });
        assertThat(decoder.isAtFrameBoundary()).isTrue();
        return frames;
    }

    private static Frame.Data data(int length) {
        return new Frame.Data(1, Unpooled.buffer(length).writeZero(length));
    }

    @Test
    void gathersSmallFramesInOneBuffer() {
        Frame.Data small = data(1024);
        batch.add(new Frame.Ping(1));
        batch.add(small);
        batch.add(new Frame.Ping(2));
        assertThat(out).isEmpty();
        assertThat(small.bytes().refCnt()).isZero();

        batch.flush();
        batch.flush();

        assertThat(out).hasSize(1);
        assertThat(decoded()).hasSize(3);
    }

    @Test
    void passesALargePayloadOnUncopied() {
        Frame.Data large = data(1025);
        batch.add(new Frame.Ping(1));
        batch.add(large);
        batch.add(new Frame.Ping(2));
        batch.flush();

        assertThat(out).hasSize(3);
        assertThat(out.get(1)).isSameAs(large.bytes());
        assertThat(decoded()).hasSize(3);
    }

    @Test
    void beginsANewChunkWhenOneIsFull() {
        for (int i = 0; i < 100; i++) {
            batch.add(data(1000));
        }
        batch.flush();

        assertThat(out).hasSizeBetween(7, 8);
        assertThat(decoded()).hasSize(100);
    }

    @Test
    void goesOnInItsChunkAfterAFlush() {
        batch.add(new Frame.Ping(1));
        batch.flush();
        batch.add(new Frame.Ping(2));
        batch.flush();

        assertThat(out).hasSize(2);
        assertThat(decoded()).containsExactly(new Frame.Ping(1), new Frame.Ping(2));
    }
}
