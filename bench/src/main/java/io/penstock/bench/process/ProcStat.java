package io.penstock.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the kernel says about a process, or about one and its descendants together; all zero for one that is gone. Immutable.
 *
 * @param cpuSeconds user and system time, with that of children that have ended
 * @param residentBytes memory in RAM
 */
public record ProcStat(double cpuSeconds, long residentBytes, int threads, int descriptors) {
    public static final ProcStat NONE = new ProcStat(0, 0, 0, 0);

    private static final Path PROC = Path.of("/proc");
    // USER_HZ of Linux on every architecture that the JDK runs on.
    private static final double TICKS_PER_SECOND = 100;

    /** Reads one process. */
    public static ProcStat of(long pid) {
        return ProcLine.read(pid).map(line -> of(pid, line)).orElse(NONE);
    }

    /** Reads a process and all that descend from it: workers of nginx, sessions of sshd. */
    public static ProcStat ofTree(long pid) {
        ProcStat sum = of(pid);
        Deque<Long> parents = new ArrayDeque<>();
        parents.add(pid);
        while (!parents.isEmpty()) {
            long parent = parents.remove();
            for (long child : children(parent)) {
                sum = sum.plus(of(child));
                parents.add(child);
            }
        }
        return sum;
    }

    public ProcStat plus(ProcStat other) {
        return new ProcStat(
                cpuSeconds + other.cpuSeconds,
                residentBytes + other.residentBytes,
                threads + other.threads,
                descriptors + other.descriptors);
    }

    private static ProcStat of(long pid, ProcLine line) {
        double seconds = line.cpuTicks() / TICKS_PER_SECOND;
        return new ProcStat(seconds, residentBytes(pid), line.threads(), descriptors(pid));
    }

    private static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
            Optional<String> line =
                    lines.filter(each -> each.startsWith("VmRSS:")).findFirst();
            return line.map(each -> Long.parseLong(each.replaceAll("\\D", "")) * 1024)
                    .orElse(0L);
        } catch (IOException | RuntimeException e) {
            return 0; // It ended while it was read.
        }
    }

    private static int descriptors(long pid) {
        try (Stream<Path> entries = Files.list(PROC.resolve(pid + "/fd"))) {
            return (int) entries.count();
        } catch (IOException | RuntimeException e) {
            return 0; // It ended while it was read, or belongs to another user.
        }
    }

    private static long[] children(long parent) {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .mapToLong(Long::parseLong)
                    .filter(pid -> ProcLine.read(pid)
                            .map(line -> line.parent() == parent)
                            .orElse(false))
                    .toArray();
        } catch (IOException e) {
            return new long[0];
        }
    }
}
