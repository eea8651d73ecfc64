package io.penstock.tunnel.link;

import io.netty.buffer.ByteBufAllocator;
import io.penstock.tunnel.flow.MemoryBudget;

/**
 * What a process lends to each of its links.
 *
 * <p><em>Immutable</em>.
 */
public record LinkContext(
        Loop loop, LinkSettings settings, MemoryBudget budget, ByteBufAllocator allocator, TunnelEvents events) {}
