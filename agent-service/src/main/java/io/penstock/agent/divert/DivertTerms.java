package io.penstock.agent.divert;

import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.metrics.InterceptTally;

/**
 * What all callers of the process have in common.
 *
 * @param budget pays for the bytes that are kept until ACCEPT
 * @param counts where each connection went
 * @param tally the same for each intercept
 *     <p><em>Thread-safe</em>.
 */
public record DivertTerms(MemoryBudget budget, ConnectionCounts counts, InterceptTally tally) {}
