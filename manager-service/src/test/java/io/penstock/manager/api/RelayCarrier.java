package io.penstock.manager.api;

import io.penstock.api.control.v1.LinkAssignment;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One end of a link at the relay, with plain bytes instead of frames. */
final class RelayCarrier implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    /** Dials as the assignment says and joins with its token. */
    RelayCarrier(LinkAssignment link) throws IOException {
        String[] address = link.getAddress().split(":", 2);
        socket = new Socket(address[0], Integer.parseInt(address[1]));
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
        byte[] token = link.getJoinToken().toByteArray();
        out.writeBytes("PNSK");
        out.writeByte(1);
        out.writeByte(1);
        out.writeShort(token.length);
        out.write(token);
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The relay's answer: 0 when both ends are there. */
    int joined() throws IOException {
        int status = in.readUnsignedByte();
        in.readNBytes(in.readUnsignedByte());
        return status;
    }

    String read(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
