package io.penstock.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The fields of {@code /proc/PID/stat} that are of use here. Immutable. */
record ProcLine(long parent, long cpuTicks, int threads) {
    static Optional<ProcLine> read(long pid) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(parse(new String(line, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty(); // It has ended.
        }
    }

    /** Counts fields from behind the last parenthesis: the name before it may hold anything. */
    static ProcLine parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), whose third is the first here.
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return new ProcLine(Long.parseLong(fields[1]), ticks, Integer.parseInt(fields[17]));
    }
}
