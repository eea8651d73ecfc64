package io.penstock.bench.process;

import java.io.IOException;
import java.util.OptionalDouble;

/** A running service of Penstock, with the door to its Actuator or what looks like it. Thread-safe. */
public record ServiceProcess(LaunchedProcess process, RestDoor actuator) implements AutoCloseable {
    /** Adds up all series of a metric, by its name on the Prometheus page; empty when there is none. */
    public OptionalDouble metric(String name) throws IOException {
        RestDoor.Answer page = actuator.get("/actuator/prometheus");
        return page.isGood() ? new MetricsPage(page.text()).sum(name) : OptionalDouble.empty();
    }

    @Override
    public void close() {
        process.close();
    }
}
