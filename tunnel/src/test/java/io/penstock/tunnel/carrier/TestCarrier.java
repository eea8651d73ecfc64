package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** One end's carrier as a plain blocking socket, with a time-out on every read. */
final class TestCarrier implements AutoCloseable {
    private static final int READ_TIMEOUT = 30_000;

    final Socket socket = new Socket();
    final DataInputStream in;
    final OutputStream out;

    TestCarrier(SocketAddress relay) throws IOException {
        socket.connect(relay);
        socket.setSoTimeout(READ_TIMEOUT);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void sendJoin(byte[] token) throws IOException {
        sendJoin(token, new byte[0]);
    }

    /** Sends the JOIN and what follows it in one segment. */
    void sendJoin(byte[] token, byte[] more) throws IOException {
        ByteBuf join = Unpooled.buffer();
        JoinPreface.write(token, join);
        join.writeBytes(more);
        out.write(ByteBufUtil.getBytes(join));
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    String receive(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    JoinAnswer readAnswer() throws IOException {
        int status = in.readUnsignedByte();
        return new JoinAnswer(status, receive(in.readUnsignedByte()));
    }

    void expectPaired() throws IOException {
        assertThat(readAnswer()).isEqualTo(JoinAnswer.PAIRED);
    }

    void expectRefused(JoinRefusal refusal) throws IOException {
        JoinAnswer answer = readAnswer();
        assertThat(answer.refusal()).as(answer.detail()).contains(refusal);
        assertThat(in.read()).isEqualTo(-1);
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
