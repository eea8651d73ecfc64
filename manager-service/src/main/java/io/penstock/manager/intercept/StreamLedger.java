package io.penstock.manager.intercept;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the agents of each intercept counted, summed so that totals never shrink: an agent that is gone keeps its share,
 * and one whose counters start again is added on top.
 *
 * <p><em>Loop-confined</em>.
 */
public final class StreamLedger {
    /** Agents remembered one by one for each intercept; the share of older ones is folded into one. */
    private static final int MAX_AGENTS = 256;

    private final Map<InterceptId, Account> accounts = new HashMap<>();

    /** One intercept's counters. */
    private static final class Account {
        private final Map<String, StreamCounts> byAgent = new LinkedHashMap<>();
        private StreamCounts folded = StreamCounts.ZERO;
    }

    /** Takes the newest counters of one agent. */
    public void record(InterceptId id, String agent, StreamCounts counts) {
        Account account = accounts.computeIfAbsent(id, unused -> new Account());
        StreamCounts before = account.byAgent.put(agent, counts);
        if (before != null && counts.opened() < before.opened()) {
            account.folded = account.folded.plus(before.over());
        }
        if (account.byAgent.size() > MAX_AGENTS) {
            String eldest = account.byAgent.keySet().iterator().next();
            StreamCounts share = account.byAgent.remove(eldest);
            account.folded = account.folded.plus(share == null ? StreamCounts.ZERO : share.over());
        }
    }

    /** The agent is gone: none of its streams is open any more. */
    public void depart(String agent) {
        accounts.values().forEach(account -> account.byAgent.computeIfPresent(agent, (key, counts) -> counts.over()));
    }

    public StreamCounts total(InterceptId id) {
        Account account = accounts.get(id);
        if (account == null) {
            return StreamCounts.ZERO;
        }
        return account.byAgent.values().stream().reduce(account.folded, StreamCounts::plus);
    }

    /** Forgets every intercept that is not kept any more. */
    public void retain(Set<InterceptId> kept) {
        accounts.keySet().retainAll(kept);
    }
}
