package io.penstock.gateway.session;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A manager in a few lists: gives sessions, keeps calls and reports. <em>Loop-confined</em> to the test's thread. */
final class FakeManager implements SessionDesk, ControlPlane {

    final List<String> departed = new ArrayList<>();
    final List<FakeCall> calls = new ArrayList<>();
    boolean answers = true;
    private int sessions;

    @Override
    public CompletableFuture<Membership> arrive(ManagerRef manager) {
        if (!answers) {
            return CompletableFuture.failedFuture(
                    GatewayProblem.of(ProblemType.MANAGER_UNREACHABLE, "manager: away (expected: there)"));
        }
        sessions++;
        return CompletableFuture.completedFuture(new Membership(manager, "s-" + sessions, "127.0.0.1:9090"));
    }

    @Override
    public CompletableFuture<?> depart(Membership membership) {
        departed.add(membership.sessionId());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Call attach(Membership membership, Listener listener) {
        FakeCall call = new FakeCall(membership.sessionId(), listener);
        calls.add(call);
        return call;
    }

    FakeCall newest() {
        return calls.get(calls.size() - 1);
    }

    /** One call. Loop-confined. */
    static final class FakeCall implements Call {
        final String session;
        final Listener listener;
        final List<GatewayReport> reports = new ArrayList<>();
        int asked;
        boolean ended;

        FakeCall(String session, Listener listener) {
            this.session = session;
            this.listener = listener;
        }

        @Override
        public void report(GatewayReport report) {
            reports.add(report);
        }

        @Override
        public void more() {
            asked++;
        }

        @Override
        public void end() {
            ended = true;
        }
    }
}
