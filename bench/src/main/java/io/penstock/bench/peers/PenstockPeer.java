package io.penstock.bench.peers;

import io.penstock.bench.process.FreePorts;
import io.penstock.bench.process.LaunchedProcess;
import io.penstock.bench.process.PenstockStack;
import io.penstock.bench.process.StackPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Penstock with an intercept that is ACTIVE for the app. Thread-safe. */
public record PenstockPeer(String name, PenstockStack stack) implements Peer {
    public static PenstockPeer start(String name, StackPlan plan, InetSocketAddress app, FreePorts ports)
            throws IOException {
        PenstockStack stack = PenstockStack.start(plan, ports);
        try {
            stack.intercept(app);
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
