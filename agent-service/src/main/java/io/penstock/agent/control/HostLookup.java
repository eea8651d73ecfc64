package io.penstock.agent.control;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * How a {@code host:port} becomes an address, without blocking a loop.
 *
 * <p><em>Thread-safe</em>.
 */
public interface HostLookup {

    /** The address, perhaps unresolved; fails when the text is not a {@code host:port}. */
    CompletionStage<InetSocketAddress> find(String hostPort);
}
