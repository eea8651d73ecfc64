package io.penstock.system.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What no log may hold, whatever was done to the process: leaked buffers, uncaught exceptions, the end of memory. Immutable. */
public final class Complaints {
    private static final Pattern COMPLAINT = Pattern.compile(
            "LEAK:|Exception in thread|OutOfMemoryError|An exceptionCaught\\(\\) event was fired|\\sERROR\\s");

    private Complaints() {}

    /** Lists such lines of the logs below a directory, each with its file. */
    public static List<String> in(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.toString().endsWith(".log"))
                    .flatMap(Complaints::ofLog)
                    .limit(20)
                    .toList();
        }
    }

    private static Stream<String> ofLog(Path log) {
        try {
            return new String(Files.readAllBytes(log), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> COMPLAINT.matcher(line).find())
                    .map(line -> log.getFileName() + ": " + line);
        } catch (IOException e) {
            return Stream.of(log + ": " + e);
        }
    }
}
