package io.penstock.gateway.intercept;

import io.penstock.gateway.forward.AddressLookup;
import io.penstock.gateway.forward.Forwarding;
import io.penstock.gateway.json.JsonView;
import io.penstock.gateway.manager.ManagerClient;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.gateway.session.GatewaySession;
import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.SessionView;
import io.penstock.tunnel.address.HostPort;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where intercepts are asked for and looked at. What the gateway knows from its newest snapshot it answers by itself; the
 * rest it asks the manager, within a deadline.
 *
 * <p><em>Thread-safe</em>.
 */
public final class InterceptDesk {

    static final String PATH = "/api/v1/intercepts";
    private static final String UNKNOWN_SESSION = "urn:penstock:problem:unknown-session";

    private final ControlLoopQuery loop;
    private final GatewaySession session;
    private final Forwarding forwarding;
    private final ManagerClient client;
    private final AddressLookup lookup;
    private final String owner;

    /**
     * A desk.
     *
     * @param owner in whose name intercepts are made
     */
    public InterceptDesk(
            ControlLoopQuery loop,
            GatewaySession session,
            Forwarding forwarding,
            ManagerClient client,
            AddressLookup lookup,
            String owner) {
        this.loop = loop;
        this.session = session;
        this.forwarding = forwarding;
        this.client = client;
        this.lookup = lookup;
        this.owner = owner;
    }

    /** Arrives at the manager if need be, and makes the intercept; its targets must have addresses to begin with. */
    public InterceptView open(InterceptWish wish) {
        wish.targets().forEach(this::requireAddress);
        Membership membership = arrive(wish);
        try {
            return create(wish, membership);
        } catch (GatewayProblem e) {
            if (!e.type().equals(UNKNOWN_SESSION)) {
                throw e;
            }
            // The manager forgot us and we had not heard: once more, as somebody new.
            loop.ask(() -> {
                session.forgetIfStill(membership);
                return true;
            });
            return create(wish, arrive(wish));
        }
    }

    /** The first stream may come before the answer to anything that is asked after the intercept is there. */
    private void requireAddress(HostPort target) {
        List<InetSocketAddress> found = loop.await(lookup.find(target));
        if (found.isEmpty()) {
            throw GatewayProblem.of(
                    ProblemType.TARGET_UNRESOLVED,
                    "target: " + target + " has no address (expected: a name that this machine can look up)");
        }
        loop.ask(() -> {
            forwarding.expect(target, found);
            return true;
        });
    }

    private Membership arrive(InterceptWish wish) {
        return loop.askOn(() -> session.arrive(wish.manager()));
    }

    private InterceptView create(InterceptWish wish, Membership membership) {
        JsonView made = loop.await(client.post(wish.manager(), PATH, wish.body(membership.sessionId(), owner)));
        loop.ask(() -> {
            session.confirm(membership);
            return true;
        });
        return InterceptView.of(made);
    }

    /** This gateway's intercepts, as the newest snapshot has them. */
    public List<InterceptView> list() {
        return loop.ask(() ->
                session.view().snapshot().intercepts().stream().map(this::view).toList());
    }

    /** Everybody's intercepts, as the manager has them now. */
    public List<InterceptView> listAll(ManagerRef manager) {
        JsonView answer = loop.await(client.get(manager, PATH));
        return answer.objects("items").stream().map(InterceptView::of).toList();
    }

    /** One intercept; unless all is well with it, the manager is asked why. */
    public InterceptView find(String nameOrId) {
        Membership membership = membership(nameOrId);
        Optional<InterceptView> known = known(nameOrId);
        if (known.isPresent() && known.get().state().equals("ACTIVE")) {
            return known.get();
        }
        String id = known.map(InterceptView::id).orElse(nameOrId);
        try {
            InterceptView told =
                    InterceptView.of(loop.await(client.get(membership.manager(), PATH + "/" + pathPart(id))));
            return known.map(told::withCountsOf).orElse(told);
        } catch (GatewayProblem e) {
            if (known.isPresent() && e.status() >= 500) {
                return known.get();
            }
            throw e;
        }
    }

    private Optional<InterceptView> known(String nameOrId) {
        return loop.ask(() -> session.view().snapshot().intercepts().stream()
                .filter(rule -> rule.isNamed(nameOrId))
                .findFirst()
                .map(this::view));
    }

    private InterceptView view(InterceptRule rule) {
        return InterceptView.of(rule, forwarding.figure(rule));
    }

    private Membership membership(String nameOrId) {
        SessionView view = loop.ask(session::view);
        Membership membership = view.membership();
        if (membership == null) {
            throw GatewayProblem.of(
                    ProblemType.UNKNOWN_INTERCEPT,
                    "intercept: " + nameOrId + " (expected: the name or id of one of this gateway's; it has none)");
        }
        return membership;
    }

    private static String pathPart(String id) {
        if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
            throw GatewayProblem.of(
                    ProblemType.UNKNOWN_INTERCEPT, "intercept: " + id + " (expected: a name or an id; see list)");
        }
        return id;
    }
}
