/**
 * The agent's presence at the manager: snapshots in, links and live rules out of them, reports back. May use {@code route}, the
 * tunnel's links and carriers, and gRPC with its generated classes, which stay in here.
 */
@NullMarked
package io.penstock.agent.control;

import org.jspecify.annotations.NullMarked;
