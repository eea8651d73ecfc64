package io.penstock.tunnel.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameCodecTest {

    private static final StreamTarget TARGET = new StreamTarget("i-7", 8080, "10.0.0.1:5");

    private final List<Frame> frames = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(new FrameDecoder.Sink() {
        @Override
        public void onFrame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void onViolation(String sentence) {
            violations.add(sentence);
        }
    });

    private static ByteBuf encoded(Frame frame) {
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(frame, out);
        return out;
    }

    private static ByteBuf header(int type, long length, long stream) {
        return Unpooled.buffer().writeLong((long) type << 56 | length << 32 | stream);
    }

    @Test
    void writesTheHeaderAsTheProtocolSays() {
        assertThat(ByteBufUtil.hexDump(encoded(new Frame.Credit(5, 0x1234))))
                .isEqualTo("04000004" + "00000005" + "00001234");
        assertThat(ByteBufUtil.hexDump(encoded(new Frame.GoAway(3, ResetCode.SHUTDOWN))))
                .isEqualTo("09000006" + "00000000" + "00000003" + "000f");
        assertThat(ByteBufUtil.hexDump(encoded(new Frame.Open(1, TARGET))))
                .isEqualTo("01000011" + "00000001" + "1f90" + "03692d37" + "0a31302e302e302e313a35");
    }

    @Test
    void readsBackEveryFrame() {
        List<Frame> all = List.of(
                new Frame.Open(1, TARGET),
                new Frame.Open(Integer.MAX_VALUE, new StreamTarget("ü", 65535, "")),
                new Frame.Accept(2),
                new Frame.Credit(1, Integer.MAX_VALUE),
                new Frame.HalfClose(3),
                new Frame.Reset(4, ResetCode.DIAL_FAILED, "no route – sorry"),
                new Frame.Ping(Long.MIN_VALUE),
                new Frame.Pong(-1),
                new Frame.GoAway(0, ResetCode.NONE),
                new Frame.Ack(Long.MAX_VALUE),
                new Frame.Close(ResetCode.NONE, "drained"));

        for (Frame frame : all) {
            decoder.decode(encoded(frame));
        }

        assertThat(frames).isEqualTo(all);
        assertThat(violations).isEmpty();
        assertThat(decoder.isAtFrameBoundary()).isTrue();
    }

    @Test
    void passesDataOnAsItArrives() {
        ByteBuf bytes = encoded(new Frame.Data(9, Unpooled.copiedBuffer("abcdef", UTF_8)));

        decoder.decode(bytes.readSlice(Frame.HEADER_LENGTH + 2));
        assertThat(frames).containsExactly(new Frame.Data(9, Unpooled.copiedBuffer("ab", UTF_8)));
        assertThat(decoder.isAtFrameBoundary()).isFalse();
        decoder.decode(bytes);

        assertThat(frames.get(1)).isEqualTo(new Frame.Data(9, Unpooled.copiedBuffer("cdef", UTF_8)));
        assertThat(decoder.isAtFrameBoundary()).isTrue();
    }

    @Test
    void knowsTheSizeOfWhatItWrites() {
        for (Frame frame : List.of(
                new Frame.Open(1, TARGET),
                new Frame.Accept(1),
                new Frame.Data(1, Unpooled.wrappedBuffer(new byte[77])),
                new Frame.Credit(1, 5),
                new Frame.HalfClose(1),
                new Frame.Reset(1, ResetCode.STALLED, "why"),
                new Frame.Ping(1),
                new Frame.Pong(1),
                new Frame.GoAway(1, ResetCode.NONE),
                new Frame.Ack(1),
                new Frame.Close(ResetCode.PROTOCOL_ERROR, "why"))) {
            assertThat(frame.size()).as("%s", frame).isEqualTo(encoded(frame).readableBytes());
        }
    }

    @Test
    void cutsALongDetail() {
        decoder.decode(encoded(new Frame.Reset(1, ResetCode.STALLED, "x".repeat(1_000))));

        assertThat(frames).containsExactly(new Frame.Reset(1, ResetCode.STALLED, "x".repeat(Frame.MAX_DETAIL)));
    }

    @Test
    void readsACodeOfANewerPeerAsADefect() {
        decoder.decode(header(6, 2, 1).writeShort(999));

        assertThat(frames).containsExactly(new Frame.Reset(1, ResetCode.INTERNAL_ERROR, ""));
    }

    @Test
    void toleratesMoreBehindATarget() {
        ByteBuf open =
                header(1, 8, 1).writeShort(80).writeByte(1).writeByte('a').writeByte(0);
        open.writeByte(1).writeByte(2).writeByte(3);

        decoder.decode(open);

        assertThat(frames).containsExactly(new Frame.Open(1, new StreamTarget("a", 80, "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0  | 0        | 0 | frame type: 0 (expected: 1 to 11)",
                "12 | 0        | 0 | frame type: 12 (expected: 1 to 11)",
                "255| 0        | 0 | frame type: 255 (expected: 1 to 11)",
                "1  | 3        | 1 | OPEN length: 3 (expected: 4 to 640)",
                "1  | 641      | 1 | OPEN length: 641 (expected: 4 to 640)",
                "1  | 10       | 0 | OPEN stream: 0 (expected: 1 to 2147483647)",
                "2  | 1        | 1 | ACCEPT length: 1 (expected: 0 to 0)",
                "3  | 0        | 1 | DATA length: 0 (expected: 1 to 16384)",
                "3  | 16777215 | 1 | DATA length: 16777215 (expected: 1 to 16384)",
                "3  | 5        | 0 | DATA stream: 0 (expected: 1 to 2147483647)",
                "3  | 5        | 4294967295 | DATA stream: 4294967295 (expected: 1 to 2147483647)",
                "4  | 3        | 1 | CREDIT length: 3 (expected: 4 to 4)",
                "4  | 4        | 2147483648 | CREDIT stream: 2147483648 (expected: 1 to 2147483647)",
                "5  | 9        | 1 | HALF_CLOSE length: 9 (expected: 0 to 0)",
                "6  | 1        | 1 | RESET length: 1 (expected: 2 to 202)",
                "6  | 203      | 1 | RESET length: 203 (expected: 2 to 202)",
                "7  | 7        | 0 | PING length: 7 (expected: 8 to 8)",
                "7  | 8        | 1 | PING stream: 1 (expected: 0)",
                "8  | 8        | 2 | PONG stream: 2 (expected: 0)",
                "9  | 5        | 0 | GO_AWAY length: 5 (expected: 6 to 6)",
                "9  | 6        | 3 | GO_AWAY stream: 3 (expected: 0)",
                "10 | 0        | 0 | ACK length: 0 (expected: 8 to 8)",
                "11 | 1        | 0 | CLOSE length: 1 (expected: 2 to 202)",
                "11 | 2        | 4 | CLOSE stream: 4 (expected: 0)",
            })
    void saysWhatIsWrongWithAHeader(int type, long length, long stream, String sentence) {
        decoder.decode(header(type, length, stream));

        assertThat(violations).containsExactly(sentence);
        assertThat(frames).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000161", "00500061", "0050ff61", "00500161", "005001610a61", "005001ff00", "0050"})
    void saysThatATargetIsUnreadable(String payload) {
        byte[] bytes = ByteBufUtil.decodeHexDump(payload + "00000000".substring(Math.min(8, payload.length())));
        // Port 0, an empty id, texts longer than the payload, no text at all, bytes that are no UTF-8.
        decoder.decode(header(1, bytes.length, 1).writeBytes(bytes));

        assertThat(violations).containsExactly("OPEN target: unreadable (expected: port, intercept id, peer)");
    }

    @Test
    void refusesAResetThatClaimsACleanEnd() {
        decoder.decode(header(6, 2, 1).writeShort(0));

        assertThat(violations).containsExactly("RESET code: 0 (expected: 1 to 65535)");
    }

    @Test
    void takesNothingAfterAViolation() {
        ByteBuf bytes = header(99, 0, 0).writeBytes(encoded(new Frame.Ping(1)));

        decoder.decode(bytes);
        decoder.decode(encoded(new Frame.Ping(2)));

        assertThat(frames).isEmpty();
        assertThat(violations).hasSize(1);
    }
}
