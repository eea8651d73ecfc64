package io.penstock.bench.peers;

import io.penstock.bench.process.LaunchedProcess;
import java.net.InetSocketAddress;
import java.util.List;

/** A way from a caller to the app, made of running processes. Closing it ends them. */
public interface Peer extends AutoCloseable {
    /** Returns its name in reports, for example {@code haproxy-2}. */
    String name();

    /** Returns where callers connect. */
    InetSocketAddress address();

    /** Lists the processes between caller and app; none when the caller reaches the app itself. */
    List<LaunchedProcess> processes();

    @Override
    void close();
}
