package io.penstock.system.stage;

import io.penstock.bench.process.PenstockStack;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** An intercept that was ACTIVE when it was returned; closing it leaves and waits for its end. Thread-safe. */
public record Diversion(PenstockStack stack, String id) implements AutoCloseable {
    /** Reads the figures that the manager has from the agents' last reports. */
    public JsonNode stats() throws IOException {
        return stack.read(id).path("stats");
    }

    public String state() throws IOException {
        return stack.read(id).path("state").asString();
    }

    @Override
    public void close() throws IOException {
        if (!state().equals("ENDED")) {
            stack.leave(id);
        }
    }
}
