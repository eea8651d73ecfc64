package io.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ResponseReaderTest {
    private static final String WHOLE =
            "HTTP/1.1 200 OK\r\ncontent-length: 15\r\nx-penstock-app: ann\r\n\r\nHello from ann\n";

    private final ResponseReader reader = new ResponseReader(BodyCheck.greeting());

    @Test
    void readsAWholeAnswerByteByByte() {
        for (int i = 0; i < WHOLE.length() - 1; i++) {
            assertThat(reader.accept(bytes(WHOLE.substring(i, i + 1)))).isFalse();
        }

        assertThat(reader.accept(bytes("\n"))).isTrue();
        assertThat(reader.failure()).isNull();
        assertThat(reader.app()).isEqualTo("ann");
    }

    @Test
    void leavesTheNextAnswersBytes() {
        ByteBuf two = bytes(WHOLE + WHOLE);

        assertThat(reader.accept(two)).isTrue();
        assertThat(two.readableBytes()).isEqualTo(WHOLE.length());

        reader.restart();
        assertThat(reader.accept(two)).isTrue();
        assertThat(reader.failure()).isNull();
    }

    @Test
    void seesAnotherStatusAfterItsWholeBody() {
        assertThat(reader.accept(bytes("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\nn")))
                .isFalse();
        assertThat(reader.accept(bytes("o"))).isTrue();
        assertThat(reader.failure()).isEqualTo(FailureKind.STATUS);
    }

    @Test
    void seesAnAlteredBody() {
        assertThat(reader.accept(bytes(WHOLE.replace("Hello", "hello")))).isTrue();
        assertThat(reader.failure()).isEqualTo(FailureKind.ALTERED);
    }

    @Test
    void seesAWrongLength() {
        assertThat(reader.accept(bytes(WHOLE.replace("15", "14")))).isTrue();
        assertThat(reader.failure()).isEqualTo(FailureKind.ALTERED);
    }

    @Test
    void seesWhatIsNotHttp() {
        assertThat(reader.accept(bytes("SSH-2.0-OpenSSH\r\n\r\n"))).isTrue();
        assertThat(reader.failure()).isEqualTo(FailureKind.ALTERED);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
