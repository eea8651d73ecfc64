package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.address.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTableTest {

    @Test
    void findsTheTargetOfAnInterceptsPort() {
        TargetTable table = TargetTable.of(List.of(rule("i-1", "127.0.0.1:3000"), rule("i-2", "[::1]:3001")));

        assertThat(table.find("i-1", 8080)).contains(new HostPort("127.0.0.1", 3000).resolve());
        assertThat(table.find("i-2", 8080)).contains(new HostPort("::1", 3001).resolve());
        assertThat(table.find("i-1", 8081)).isEmpty();
        assertThat(table.find("i-3", 8080)).isEmpty();
    }

    @Test
    void servesDrainingRulesToo() {
        InterceptRule draining = Snapshots.rule("i-1", InterceptState.DRAINING, "127.0.0.1:3000");

        assertThat(TargetTable.of(List.of(draining)).servesAll(draining)).isTrue();
    }

    @Test
    void leavesOutATargetWithoutAnAddress() {
        InterceptRule nowhere = rule("i-1", "no-such-host.invalid:3000");

        TargetTable table = TargetTable.of(List.of(nowhere, rule("i-2", "127.0.0.1:1")));

        assertThat(table.servesAll(nowhere)).isFalse();
        assertThat(table.find("i-2", 8080)).isPresent();
    }

    private static InterceptRule rule(String id, String target) {
        return Snapshots.rule(id, InterceptState.ACTIVE, target);
    }
}
