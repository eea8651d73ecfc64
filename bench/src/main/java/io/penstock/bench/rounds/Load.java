package io.penstock.bench.rounds;

import java.io.IOException;
import java.net.InetSocketAddress;

/** One kind of load, the same for every peer. */
interface Load {
    /** Returns its name in reports and goals, for example {@code short-200}. */
    String id();

    /** Says in a few words what it sends. */
    String title();

    LoadResult run(InetSocketAddress target) throws IOException;
}
