package io.penstock.tunnel.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is encoded is what is decoded, however it is cut: over ten thousand seeded cases. */
final class FrameCodecPropertyTest {

    private static final int CASES = 10_000;

    @Test
    void survivesAnyCuts() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<Frame> sent = frames(random);
            Merged received = new Merged();
            feed(new FrameDecoder(received), encode(sent), random);

            assertThat(received.frames).as("seed %d", seed).isEqualTo(sent);
            assertThat(received.violations).as("seed %d", seed).isEmpty();
        }
    }

    private static List<Frame> frames(Random random) {
        List<Frame> frames = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            frames.add(frame(random));
        }
        return frames;
    }

    private static Frame frame(Random random) {
        int stream = 1 + random.nextInt(Integer.MAX_VALUE);
        return switch (any(List.of(FrameType.values()), random)) {
            case OPEN -> new Frame.Open(stream, target(random));
            case ACCEPT -> new Frame.Accept(stream);
            case DATA -> new Frame.Data(stream, data(random));
            case CREDIT -> new Frame.Credit(stream, random.nextInt());
            case HALF_CLOSE -> new Frame.HalfClose(stream);
            case RESET -> new Frame.Reset(stream, code(random), text(random, 60));
            case PING -> new Frame.Ping(random.nextLong());
            case PONG -> new Frame.Pong(random.nextLong());
            case GO_AWAY -> new Frame.GoAway(random.nextInt(), code(random));
            case ACK -> new Frame.Ack(random.nextLong());
            case CLOSE -> new Frame.Close(code(random), text(random, 60));
        };
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static ResetCode code(Random random) {
        List<ResetCode> codes = List.of(ResetCode.values());
        // Without NONE, which no RESET may carry.
        return any(codes.subList(1, codes.size()), random);
    }

    private static StreamTarget target(Random random) {
        return new StreamTarget("i" + text(random, 80), 1 + random.nextInt(65535), text(random, 85));
    }

    /** Text of one, two, three and four bytes a character. */
    private static String text(Random random, int most) {
        String[] letters = {"a", "ö", "→", "😀", "\u0000"};
        StringBuilder text = new StringBuilder();
        int bytes = random.nextInt(most);
        for (int i = 0; i < bytes / 2; i++) {
            text.append(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private static ByteBuf data(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? Frame.MAX_DATA : 50)];
        random.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    private static ByteBuf encode(List<Frame> frames) {
        ByteBuf out = Unpooled.buffer();
        frames.forEach(frame -> FrameEncoder.encode(frame, out));
        return out;
    }

    private static void feed(FrameDecoder decoder, ByteBuf bytes, Random random) {
        int most = 1 + random.nextInt(random.nextBoolean() ? 8 : 20_000);
        while (bytes.isReadable()) {
            decoder.decode(bytes.readSlice(Math.min(bytes.readableBytes(), 1 + random.nextInt(most))));
        }
        assertThat(decoder.isAtFrameBoundary()).isTrue();
    }

    /** Joins DATA that was passed on in pieces; a following DATA frame of the same stream cannot be told from a piece. */
    private static final class Merged implements FrameDecoder.Sink {
        final List<Frame> frames = new ArrayList<>();
        final List<String> violations = new ArrayList<>();

        @Override
        public void onFrame(Frame frame) {
            Frame last = frames.isEmpty() ? null : frames.get(frames.size() - 1);
            if (last instanceof Frame.Data before
                    && frame instanceof Frame.Data next
                    && before.stream() == next.stream()) {
                frames.set(
                        frames.size() - 1,
                        new Frame.Data(before.stream(), Unpooled.copiedBuffer(before.bytes(), next.bytes())));
            } else {
                frames.add(frame);
            }
        }

        @Override
        public void onViolation(String sentence) {
            violations.add(sentence);
        }
    }
}
