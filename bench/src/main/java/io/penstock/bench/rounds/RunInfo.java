package io.penstock.bench.rounds;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** When, where and how a run took place, without naming the machine. Immutable. */
record RunInfo(LocalDate date, boolean quick, int rounds, int processors, String system) {
    static RunInfo now(InstantSource time, boolean quick, int rounds) {
        LocalDate date = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.version");
        return new RunInfo(date, quick, rounds, Runtime.getRuntime().availableProcessors(), system);
    }

    String fileName() {
        return date + (quick ? "-quick" : "-full");
    }
}
