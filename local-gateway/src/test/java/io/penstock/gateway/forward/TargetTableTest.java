package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.address.HostPort;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TargetTableTest {

    @Test
    void findsTheTargetOfAnInterceptsPort() {
        TargetTable table = table(rule("i-1", "127.0.0.1:3000"), rule("i-2", "[::1]:3001"));

        assertThat(address(table, "i-1", 8080)).contains(new HostPort("127.0.0.1", 3000).resolve());
        assertThat(address(table, "i-2", 8080)).contains(new HostPort("::1", 3001).resolve());
        assertThat(table.find("i-1", 8081)).isEmpty();
        assertThat(table.find("i-3", 8080)).isEmpty();
    }

    @Test
    void servesDrainingRulesToo() {
        InterceptRule draining = Snapshots.rule("i-1", InterceptState.DRAINING, "127.0.0.1:3000");

        assertThat(table(draining).servesAll(draining)).isTrue();
    }

    @Test
    void knowsATargetWithoutAnAddressByItsName() {
        InterceptRule nowhere = rule("i-1", "no-such-host:3000");

        TargetTable table = table(nowhere, rule("i-2", "127.0.0.1:1"));

        assertThat(table.servesAll(nowhere)).isFalse();
        assertThat(table.find("i-1", 8080)).map(TargetTable.Target::text).contains("no-such-host:3000");
        assertThat(address(table, "i-2", 8080)).isPresent();
        assertThat(table.addresses()).containsExactly(new HostPort("127.0.0.1", 1).resolve());
    }

    /** As if nobody knew any name, and nothing were open. */
    static TargetTable table(InterceptRule... rules) {
        return table(() -> 0, rules);
    }

    static TargetTable table(LongSupplier open, InterceptRule... rules) {
        return TargetTable.of(
                List.of(rules),
                target -> target.isLiteral() ? Optional.of(target.resolve()) : Optional.empty(),
                rule -> new Allowance(rule.limits(), open, new ThrottledTime(), 0));
    }

    private static Optional<InetSocketAddress> address(TargetTable table, String intercept, int port) {
        return table.find(intercept, port).map(TargetTable.Target::address);
    }

    private static InterceptRule rule(String id, String target) {
        return Snapshots.rule(id, InterceptState.ACTIVE, target);
    }
}
