package io.penstock.gateway.forward;

import io.penstock.gateway.session.ControlSnapshot;
import io.penstock.gateway.session.GatewayReport.Figures;
import io.penstock.gateway.session.GatewayReport.InterceptFigure;
import io.penstock.gateway.session.GatewayReport.Traffic;
import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.SessionWork;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Loop;
import io.penstock.tunnel.metrics.InterceptCounts;
import io.penstock.tunnel.metrics.InterceptTally;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a snapshot means for the data plane: targets, links and counters.
 *
 * <p><em>Loop-confined</em> to the control loop.
 */
@LoopConfined
public final class Forwarding implements SessionWork {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final LinkKeeper links;
    private final InterceptTally tally;
    private final Consumer<TargetTable> serve;
    private final TargetAddresses addresses;
    private final HoldBook holds;
    private final Allowances allowances;
    private TargetTable targets = TargetTable.EMPTY;
    private List<InterceptRule> rules = List.of();

    /**
     * Forwarding that serves nothing yet.
     *
     * @param serve hands each new table to those who take streams to their targets
     */
    public Forwarding(
            Loop loop,
            LinkKeeper links,
            InterceptTally tally,
            AddressLookup lookup,
            HoldBook holds,
            Consumer<TargetTable> serve) {
        this.links = links;
        this.tally = tally;
        this.holds = holds;
        this.serve = serve;
        this.allowances = new Allowances(loop, tally);
        this.addresses = new TargetAddresses(loop, lookup, this::serveTargets);
    }

    /** Will serve streams for that target there, from the first snapshot on that has it. */
    public void expect(HostPort target, List<InetSocketAddress> found) {
        addresses.expect(target, found);
    }

    @Override
    public void apply(ControlSnapshot snapshot) {
        tellChanges(snapshot.intercepts());
        rules = snapshot.intercepts();
        // Before the addresses: where one is known, they make a table at once.
        allowances.keep(rules);
        addresses.keep(TargetTable.targetsOf(rules));
        tally.countOnly(rules.stream().map(InterceptRule::id).collect(Collectors.toSet()));
        // Targets before links: a stream may come in the turn in which its link opens. Names take a little longer, but
        // whoever asked for the intercept has looked them up before and told us.
        serveTargets();
        links.keep(snapshot.links());
    }

    private void serveTargets() {
        targets = TargetTable.of(rules, addresses::find, allowances::of);
        serve.accept(targets);
    }

    @Override
    public Figures figures() {
        return new Figures(links.figures(), rules.stream().map(this::figure).toList());
    }

    public InterceptFigure figure(InterceptRule rule) {
        InterceptCounts counts = tally.of(rule.id());
        // Ends are read before beginnings, so that the number of open streams is never too small.
        Map<ResetCode, Long> ended = counts.streamsClosed();
        Traffic traffic = new Traffic(counts.bytesReceived(), counts.bytesSent());
        return new InterceptFigure(
                rule.id(),
                targets.servesAll(rule),
                counts.streamsOpened(),
                named(ended, false),
                named(ended, true),
                traffic,
                held(rule));
    }

    /** Streams that wait where the rule's targets are; an intercept with the same target sees the same. */
    private long held(InterceptRule rule) {
        return targets.addressesOf(rule).stream().mapToLong(holds::streams).sum();
    }

    private void tellChanges(List<InterceptRule> newer) {
        Map<String, String> before = standings(rules);
        Map<String, String> after = standings(newer);
        after.forEach((id, standing) -> {
            String old = before.getOrDefault(id, "new");
            if (!old.equals(standing)) {
                LOG.info("intercept {} {} -> {}", id, old, standing);
            }
        });
        before.keySet().stream()
                .filter(id -> !after.containsKey(id))
                .forEach(id -> LOG.info("intercept {} {} -> gone", id, before.get(id)));
    }

    private static Map<String, String> standings(List<InterceptRule> rules) {
        return rules.stream()
                .collect(Collectors.toMap(
                        InterceptRule::id,
                        rule -> (rule.state() + " " + rule.standing().reason()).strip(),
                        (first, second) -> second));
    }

    public ThrottledTime throttled() {
        return allowances.throttled();
    }

    public LinkKeeper links() {
        return links;
    }

    private static Map<String, Long> named(Map<ResetCode, Long> ended, boolean reachedNobody) {
        Map<String, Long> named = new TreeMap<>();
        ended.forEach((code, count) -> {
            if (code.reachedNobody() == reachedNobody) {
                named.put(code.name(), count);
            }
        });
        return named;
    }
}
