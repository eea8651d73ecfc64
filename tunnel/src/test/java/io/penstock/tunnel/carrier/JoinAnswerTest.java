package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class JoinAnswerTest {
    @Test
    void hasTheBytesOfTheProtocol() {
        assertThat(ByteBufUtil.hexDump(written(JoinAnswer.PAIRED))).isEqualTo("0000");
        assertThat(ByteBufUtil.hexDump(written(JoinAnswer.refused(JoinRefusal.OVERLOADED, "no"))))
                .isEqualTo("0802" + "6e6f");
    }

    @Test
    void readsEveryRefusalThatComesByteByByte() {
        for (JoinRefusal refusal : JoinRefusal.values()) {
            ByteBuf whole = written(JoinAnswer.refused(refusal, refusal.meaning()));
            ByteBuf arrived = Unpooled.buffer();
            while (whole.readableBytes() > 1) {
                arrived.writeByte(whole.readByte());
                assertThat(JoinAnswer.read(arrived)).isEmpty();
            }
            arrived.writeByte(whole.readByte());

            JoinAnswer answer = JoinAnswer.read(arrived).orElseThrow();

            assertThat(answer.refusal()).contains(refusal);
            assertThat(answer.isPaired()).isFalse();
            assertThat(answer.detail()).isEqualTo(refusal.meaning());
        }
    }

    @Test
    void leavesWhatFollowsInTheBuffer() {
        ByteBuf in = written(JoinAnswer.PAIRED).writeByte(7);

        assertThat(JoinAnswer.read(in)).contains(JoinAnswer.PAIRED);
        assertThat(in.readableBytes()).isOne();
    }

    @Test
    void cutsALongDetail() {
        assertThat(written(JoinAnswer.refused(JoinRefusal.BAD_PREFACE, "x".repeat(999)))
                        .readableBytes())
                .isEqualTo(2 + 255);
    }

    @Test
    void survivesAReasonFromTheFuture() {
        assertThat(new JoinAnswer(200, "?").refusal()).isEmpty();
        assertThat(new JoinAnswer(200, "?").isPaired()).isFalse();
    }

    @Test
    void labelsAreDistinct() {
        assertThat(Arrays.stream(JoinRefusal.values()).map(JoinRefusal::label)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(JoinRefusal.values()).map(JoinRefusal::wire)).doesNotHaveDuplicates();
    }

    private static ByteBuf written(JoinAnswer answer) {
        ByteBuf out = Unpooled.buffer();
        answer.write(out);
        return out;
    }
}
