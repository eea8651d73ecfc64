package io.penstock.system.stage;

import io.penstock.bench.process.RestDoor;
import io.penstock.bench.process.ServiceProcess;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One service's Prometheus page at one moment. Immutable. */
public record Scrape(String page) {
    private static final String PATH = "/actuator/prometheus";

    public static Scrape of(ServiceProcess service) throws IOException {
        RestDoor.Answer answer = service.actuator().get(PATH);
        if (answer.status() != 200) {
            throw new IOException(service.process().name() + PATH + ": " + answer.status() + " (expected: 200)");
        }
        return new Scrape(answer.text());
    }

    /** Adds up the series of a metric that have all of these tags, each written as {@code name="value"}. */
    public double sum(String metric, String... tags) {
        return series().filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .filter(line -> Arrays.stream(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns the names of all metrics that begin like this. */
    public Set<String> names(String prefix) {
        Set<String> names = new TreeSet<>();
        series().map(line -> line.split("[{ ]", 2)[0])
                .filter(name -> name.startsWith(prefix))
                .forEach(names::add);
        return names;
    }

    /** Returns the bytes of heap in use, garbage included. */
    public double heapBytes() {
        return sum("jvm_memory_used_bytes", "area=\"heap\"");
    }

    private Stream<String> series() {
        return page.lines().filter(line -> !line.startsWith("#") && !line.isBlank());
    }
}
