package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reading of one HTTP/1.1 answer of announced length, checked as its bytes arrive. Loop-confined. */
final class ResponseReader {
    private static final int MAX_HEAD = 16 * 1024;
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private final BodyCheck check;
    private byte[] head = new byte[512];
    private int headLength;
    private int lastFour;
    private boolean inBody;
    private long bodyLength;
    private long bodyRead;
    private String app = "";
    private @Nullable FailureKind failure;

    ResponseReader(BodyCheck check) {
        this.check = check;
    }

    /** Takes what belongs to this answer out of {@code in}; says whether the answer is over, whole or wrong. */
    boolean accept(ByteBuf in) {
        while (!inBody && failure == null && in.isReadable()) {
            takeHead(in.readByte());
        }
        if (inBody && in.isReadable() && bodyRead < bodyLength) {
            takeBody(in.readSlice((int) Math.min(in.readableBytes(), bodyLength - bodyRead)));
        }
        return isOver();
    }

    private boolean isOver() {
        return failure == FailureKind.ALTERED || (inBody && bodyRead == bodyLength);
    }

    /** Forgets the answer, to read the next one of the connection. */
    void restart() {
        headLength = 0;
        lastFour = 0;
        inBody = false;
        bodyRead = 0;
        failure = null;
    }

    /** Returns what is wrong with the answer as far as it was read, or null. */
    @Nullable
    FailureKind failure() {
        return failure;
    }

    /** Returns who answered, by its own word; empty when it did not say. */
    String app() {
        return app;
    }

    private void takeHead(byte next) {
        if (headLength == MAX_HEAD) {
            failure = FailureKind.ALTERED;
            return;
        }
        if (headLength == head.length) {
            head = Arrays.copyOf(head, 2 * head.length);
        }
        head[headLength++] = next;
        lastFour = lastFour << 8 | (next & 0xff);
        if (lastFour == END_OF_HEAD) {
            readHead();
        }
    }

    private void readHead() {
        String[] lines = new String(head, 0, headLength - 4, StandardCharsets.ISO_8859_1).split("\r\n");
        bodyLength = -1;
        app = "";
        for (int i = 1; i < lines.length; i++) {
            readField(lines[i]);
        }
        boolean http = lines[0].startsWith("HTTP/1.1 ");
        long expected = check.length(app);
        if (!http || bodyLength < 0) {
            failure = FailureKind.ALTERED;
        } else if (!lines[0].startsWith("HTTP/1.1 200 ")) {
            failure = FailureKind.STATUS;
        } else if (expected >= 0 && expected != bodyLength) {
            failure = FailureKind.ALTERED;
        }
        inBody = failure != FailureKind.ALTERED;
    }

    private void readField(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        if (name.equals("content-length")) {
            bodyLength = parseLength(line.substring(colon + 1).trim());
        } else if (name.equals(TinyWebApp.NAME_HEADER_LOWER)) {
            app = line.substring(colon + 1).trim();
        }
    }

    private static long parseLength(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void takeBody(ByteBuf bytes) {
        if (failure == null && !check.matches(app, bodyRead, bytes)) {
            failure = FailureKind.ALTERED;
        }
        bodyRead += bytes.readableBytes();
    }
}
