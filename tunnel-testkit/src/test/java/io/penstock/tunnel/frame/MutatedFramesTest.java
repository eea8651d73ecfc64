package io.penstock.tunnel.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.penstock.tunnel.testkit.Frames;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Conversations that are nearly right: seeded, in every build, where Jazzer is not let loose. */
final class MutatedFramesTest {

    private static final int CASES = 4_000;

    @Test
    void areDecodedAlikeHoweverCut() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            byte[] bytes = conversation(random);
            named(seed, () -> AnyBytes.areDecodedAlikeHoweverCut(bytes, 1 + random.nextInt(30)));
        }
    }

    @Test
    void doNoHarmToALink() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            byte[] bytes = conversation(random);
            named(seed, () -> AnyBytes.doNoHarmToALink(bytes, 1 + random.nextInt(300)));
        }
    }

    private static void named(int seed, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static byte[] conversation(Random random) {
        Frame[] frames = new Frame[1 + random.nextInt(12)];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(random, 1 + random.nextInt(6));
        }
        ByteBuf bytes = Frames.bytes(frames);
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt(256));
        }
        return ByteBufUtil.getBytes(bytes, 0, 1 + random.nextInt(bytes.readableBytes()));
    }

    private static Frame frame(Random random, int stream) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> Frames.open(stream);
            case 2 -> Frames.accept(stream);
            case 3, 4 -> Frames.data(stream, 1 + random.nextInt(200));
            case 5 -> Frames.data(stream, 1 + random.nextInt(16_384));
            case 6 -> Frames.credit(stream, random.nextInt(100_000));
            case 7 -> Frames.halfClose(stream);
            case 8 -> Frames.reset(stream, ResetCode.CANCELLED);
            case 9 -> Frames.ping(random.nextLong());
            case 10 -> Frames.goAway(random.nextInt(10));
            default -> Frames.ack(random.nextInt(100));
        };
    }
}
