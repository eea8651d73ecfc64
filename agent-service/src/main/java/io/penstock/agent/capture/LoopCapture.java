package io.penstock.agent.capture;

import io.netty.channel.EventLoop;
import io.penstock.agent.divert.CallerRouting;

/**
 * One event loop and what it does with the callers of one captured port.
 *
 * <p><em>Immutable</em>.
 */
public record LoopCapture(EventLoop eventLoop, CallerRouting routing) {}
