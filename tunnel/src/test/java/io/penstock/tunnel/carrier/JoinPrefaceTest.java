package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.carrier.JoinPreface.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JoinPrefaceTest {
    private static final byte[] TOKEN = "a token".getBytes(StandardCharsets.UTF_8);

    @Test
    void hasTheBytesOfTheProtocol() {
        assertThat(ByteBufUtil.hexDump(joinOf(TOKEN))).isEqualTo("504e534b" + "01" + "01" + "0007" + "6120746f6b656e");
    }

    @Test
    void readsAJoinThatComesByteByByte() {
        ByteBuf whole = joinOf(TOKEN).writeBytes(new byte[] {42});
        ByteBuf arrived = Unpooled.buffer();
        int last = whole.readableBytes() - 2;

        for (int i = 0; i < last; i++) {
            arrived.writeByte(whole.getByte(i));
            assertThat(JoinPreface.read(arrived)).isInstanceOf(Outcome.Incomplete.class);
            assertThat(arrived.readerIndex()).isZero();
        }
        arrived.writeBytes(whole, last, 2);

        assertThat(JoinPreface.read(arrived))
                .isInstanceOfSatisfying(
                        Outcome.Complete.class, join -> assertThat(join.token()).isEqualTo(TOKEN));
        assertThat(arrived.readableBytes()).isOne();
        assertThat(arrived.readByte()).isEqualTo((byte) 42);
    }

    @Test
    void refusesAtTheFirstByteThatDoesNotFit() {
        assertRefused(bytes('G'), JoinRefusal.BAD_PREFACE, "byte 0 is not that of a JOIN (expected: PNSK)");
        assertRefused(bytes('P', 'N', 'S', 'X'), JoinRefusal.BAD_PREFACE, "byte 3 is not");
        assertRefused(bytes('P', 'N', 'S', 'K', 2), JoinRefusal.UNSUPPORTED_VERSION, "version: 2 (expected: 1)");
        assertRefused(bytes('P', 'N', 'S', 'K', 1, 2), JoinRefusal.BAD_PREFACE, "kind: 2 (expected: 1)");
        assertRefused(bytes('P', 'N', 'S', 'K', 1, 1, 0, 0), JoinRefusal.BAD_PREFACE, "token length: 0 (expected");
        assertRefused(bytes('P', 'N', 'S', 'K', 1, 1, 2, 1), JoinRefusal.BAD_PREFACE, "token length: 513");
    }

    @Test
    void neverFailsOnRandomBytes() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            ByteBuf in = damagedJoin(random);
            int length = in.readableBytes();

            Outcome outcome = JoinPreface.read(in);

            if (outcome instanceof Outcome.Complete join) {
                assertThat(in.readableBytes()).as("seed %d", seed).isEqualTo(length - 8 - join.token().length);
            } else {
                assertThat(in.readableBytes()).as("seed %d", seed).isEqualTo(length);
            }
        }
    }

    @Test
    void writesNoTokenThatCannotBeRead() {
        assertThatThrownBy(() -> JoinPreface.write(new byte[513], Unpooled.buffer()))
                .hasMessage("token: 513 bytes (expected: 1 to 512)");
        assertThatThrownBy(() -> JoinPreface.write(new byte[0], Unpooled.buffer()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuf damagedJoin(Random random) {
        byte[] token = new byte[1 + random.nextInt(JoinPreface.MAX_TOKEN)];
        random.nextBytes(token);
        ByteBuf join = joinOf(token);
        for (int damages = random.nextInt(3); damages > 0; damages--) {
            join.setByte(random.nextInt(12) % join.readableBytes(), random.nextInt());
        }
        return join.readSlice(random.nextInt(join.readableBytes() + 1));
    }

    private static void assertRefused(ByteBuf in, JoinRefusal refusal, String detail) {
        assertThat(JoinPreface.read(in)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.refusal()).isEqualTo(refusal);
            assertThat(refused.detail()).startsWith(detail);
        });
    }

    private static ByteBuf joinOf(byte[] token) {
        ByteBuf join = Unpooled.buffer();
        JoinPreface.write(token, join);
        return join;
    }

    private static ByteBuf bytes(int... values) {
        ByteBuf bytes = Unpooled.buffer();
        for (int value : values) {
            bytes.writeByte(value);
        }
        return bytes;
    }
}
