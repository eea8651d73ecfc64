package io.penstock.tunnel.link;

import io.penstock.tunnel.flow.CreditPolicy;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.flow.WindowGrowth;

/**
 * What a {@link LinkEngine} works with.
 *
 * @param policy our receive windows
 * @param peerWindow the first window of every stream towards the peer, as its handshake announced
 * @param budget the process's memory
 * @param growth the link's clock and round trip
 * @param events whom to tell
 *     <p><em>Immutable</em>.
 */
record EngineTerms(
        CreditPolicy policy, int peerWindow, MemoryBudget budget, WindowGrowth growth, TunnelEvents events) {}
