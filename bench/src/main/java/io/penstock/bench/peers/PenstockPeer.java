package io.penstock.bench.peers;

import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.Jars;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.PenstockStack;
import io.penstock.bench.process.StackPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Penstock with an intercept that is ACTIVE for the app. Thread-safe. */
public record PenstockPeer(String name, PenstockStack stack) implements Peer {
    // What every build that is measured beside this one knows, and no more.
    private static final Map<String, Object> TERMS = Map.of("onAppRefused", "FAIL_OPEN");

    /** Starts what the jars hold and intercepts for the app; ends it again when that fails. */
    public static PenstockPeer start(String name, StackPlan plan, Jars jars, InetSocketAddress app, FreePorts ports)
            throws IOException {
        PenstockStack stack = PenstockStack.start(plan, jars, ports);
        try {
            stack.intercept(app, TERMS);
            return new PenstockPeer(name, stack);
        } catch (IOException e) {
            stack.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() {
        return stack.captured();
    }

    @Override
    public List<LaunchedProcess> processes() {
        return stack.processes();
    }

    @Override
    public void close() {
        stack.close();
    }
}
