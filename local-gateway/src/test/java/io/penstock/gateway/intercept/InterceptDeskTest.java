package io.penstock.gateway.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.penstock.gateway.forward.AddressLookup;
import io.penstock.gateway.forward.Forwarding;
import io.penstock.gateway.forward.HoldBook;
import io.penstock.gateway.forward.HoldLimits;
import io.penstock.gateway.forward.LinkDialler;
import io.penstock.gateway.forward.LinkKeeper;
import io.penstock.gateway.manager.ManagerClient;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.gateway.session.ControlPlane;
import io.penstock.gateway.session.GatewaySession;
import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.InterceptState;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.ReconnectPolicy;
import io.penstock.gateway.session.Route;
import io.penstock.gateway.session.SessionDesk;
import io.penstock.gateway.testing.Snapshots;
import io.penstock.tunnel.carrier.NettyLoop;
import io.penstock.tunnel.metrics.InterceptTally;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A desk whose name service answers one question and no other, and whose manager is away. */
@Timeout(60)
class InterceptDeskTest {

    private static final InterceptRule RULE = Snapshots.rule("i-1", InterceptState.ACTIVE, "api:3000");
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final DefaultEventLoop thread = new DefaultEventLoop();
    private final NettyLoop loop = new NettyLoop(thread);
    private final ControlLoopQuery query = new ControlLoopQuery(loop, DEADLINE);
    private final AtomicInteger questions = new AtomicInteger();
    private final AddressLookup lookup = new AddressLookup(this::answerOnce, host ->
            new InetAddress[] {InetAddress.getByAddress(host, new byte[] {10, 0, 0, 7})});
    private final Forwarding forwarding = new Forwarding(
            loop,
            new LinkKeeper(loop, InterceptDeskTest::noLink, () -> {}),
            new InterceptTally(),
            lookup,
            new HoldBook(new HoldLimits(1, 1)),
            table -> {});
    private final GatewaySession session = new GatewaySession(
            loop,
            new AbsentManager(),
            InterceptDeskTest::noSession,
            new ReconnectPolicy(DEADLINE, DEADLINE, 0),
            forwarding);
    private final InterceptDesk desk = new InterceptDesk(
            query, session, forwarding, new ManagerClient(HttpClient.newHttpClient(), DEADLINE), lookup, "ann");

    @AfterEach
    void close() throws InterruptedException {
        thread.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
    }

    @Test
    void hasToldWhereTheTargetIsBeforeTheManagerHearsOfIt() {
        ManagerRef manager = ManagerRef.parse("http://127.0.0.1:1", "/t", Route.RELAY);
        InterceptWish wish = new InterceptWish(
                manager, "shop/checkout", List.of(new InterceptView.Port(8080, "api:3000")), Map.of(), Map.of());

        assertThatThrownBy(() -> desk.open(wish)).hasMessageContaining("manager: away");

        assertThat(isServedAtOnce()).isTrue();
        assertThat(questions).hasValue(2);
    }

    private boolean isServedAtOnce() {
        return query.ask(() -> {
            forwarding.apply(Snapshots.of("e", 1, RULE));
            return forwarding.figure(RULE).live();
        });
    }

    private void answerOnce(Runnable question) {
        if (questions.getAndIncrement() == 0) {
            question.run();
        }
    }

    private static LinkDialler.DialledLink noLink(LinkAssignment link, LinkDialler.Watcher watcher) {
        throw new AssertionError(link + " dialled (expected: none)");
    }

    private static ControlPlane.Call noSession(Membership membership, ControlPlane.Listener listener) {
        throw new AssertionError(membership + " attached (expected: none)");
    }

    /** Gives no session. Immutable. */
    private static final class AbsentManager implements SessionDesk {
        @Override
        public CompletableFuture<Membership> arrive(ManagerRef manager) {
            return CompletableFuture.failedFuture(
                    GatewayProblem.of(ProblemType.MANAGER_UNREACHABLE, "manager: away (expected: there)"));
        }

        @Override
        public CompletableFuture<?> depart(Membership membership) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
