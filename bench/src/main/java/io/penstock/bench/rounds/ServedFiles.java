package io.penstock.bench.rounds;

import io.netty.buffer.ByteBuf;
import io.penstock.bench.load.BodyCheck;
import io.penstock.bench.load.BytePattern;
import io.penstock.bench.load.StormPlan.Ask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that the app behind every peer serves. Immutable. */
final class ServedFiles {
    static final int SMALL = 512;
    static final int BIG = 10 * 1024 * 1024;
    static final Ask ASK_SMALL = new Ask("/small", BodyCheck.pattern(SMALL));
    static final Ask ASK_BIG = new Ask("/big", BodyCheck.pattern(BIG));

    private ServedFiles() {}

    static void writeAll(Path html) throws IOException {
        write(html.resolve("small"), SMALL);
        write(html.resolve("big"), BIG);
    }

    private static void write(Path file, int length) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            int written = 0;
            while (written < length) {
                ByteBuf block = BytePattern.at(written, length - written);
                written += block.readableBytes();
                block.duplicate().readBytes(out, block.readableBytes());
            }
        }
    }
}
