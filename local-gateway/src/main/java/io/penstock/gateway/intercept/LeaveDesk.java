package io.penstock.gateway.intercept;

import io.penstock.gateway.manager.ManagerClient;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.gateway.session.GatewaySession;
import io.penstock.gateway.session.InterceptRule;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.SessionView;
import java.util.List;
import java.util.Optional;

/**
 * Where intercepts are left: this gateway's, and those that the manager still has of the same owner, from a gateway that is gone.
 * Leaving is idempotent at the manager, so that whatever happens between a look and the request does no harm.
 *
 * <p><em>Thread-safe</em>.
 */
public final class LeaveDesk {

    /** All that the manager shows at once. */
    private static final String LIST = InterceptDesk.PATH + "?limit=1000";

    private final ControlLoopQuery loop;
    private final GatewaySession session;
    private final ManagerClient client;
    private final String owner;

    /**
     * A desk.
     *
     * @param owner whose intercepts may be left here
     */
    public LeaveDesk(ControlLoopQuery loop, GatewaySession session, ManagerClient client, String owner) {
        this.loop = loop;
        this.session = session;
        this.client = client;
        this.owner = owner;
    }

    /**
     * An intercept on its way out, or over.
     *
     * @param already whether it was so before
     *     <p><em>Immutable</em>.
     */
    public record Left(InterceptView intercept, boolean already) {}

    /**
     * Begins to leave; what still runs finishes.
     *
     * @param elsewhere the manager to ask while this gateway is with none
     */
    public Left leave(String nameOrId, Optional<ManagerRef> elsewhere) {
        SessionView view = loop.ask(session::view);
        ManagerRef manager = Optional.ofNullable(view.membership())
                .map(Membership::manager)
                .or(() -> elsewhere)
                .orElseThrow(() -> unknown(nameOrId));
        Optional<InterceptRule> ours = view.snapshot().intercepts().stream()
                .filter(rule -> rule.isNamed(nameOrId))
                .findFirst();
        if (ours.isPresent()) {
            return new Left(
                    delete(manager, ours.get().id()), !ours.get().state().isWanted());
        }
        InterceptView found = atManager(manager, nameOrId);
        boolean already = found.state().equals("DRAINING") || found.state().equals("ENDED");
        return new Left(already ? found : delete(manager, found.id()), already);
    }

    private InterceptView delete(ManagerRef manager, String id) {
        return InterceptView.of(loop.await(client.delete(manager, InterceptDesk.PATH + "/" + id)));
    }

    /** The manager lists running ones first, and of those that ended the newest. */
    private InterceptView atManager(ManagerRef manager, String nameOrId) {
        List<InterceptView> named = loop.await(client.get(manager, LIST)).objects("items").stream()
                .map(InterceptView::of)
                .filter(item -> item.id().equals(nameOrId) || item.name().equals(nameOrId))
                .toList();
        return named.stream()
                .filter(item -> item.owner().equals(owner))
                .findFirst()
                .map(item -> unlessServedElsewhere(nameOrId, item))
                .orElseThrow(() -> named.stream()
                        .findFirst()
                        .map(item -> others(nameOrId, item))
                        .orElseGet(() -> unknown(nameOrId)));
    }

    /** Owners may share a name, so one that a gateway somewhere serves is left by its id only. */
    private InterceptView unlessServedElsewhere(String nameOrId, InterceptView item) {
        boolean isServed = item.state().equals("ACTIVE") || item.state().equals("PENDING");
        if (isServed && !item.id().equals(nameOrId)) {
            throw GatewayProblem.of(
                    ProblemType.OTHER_GATEWAY,
                    "intercept: " + nameOrId + " is served by another gateway (expected: its id, " + item.id()
                            + ", to leave it all the same)");
        }
        return item;
    }

    private GatewayProblem others(String nameOrId, InterceptView item) {
        return GatewayProblem.of(
                ProblemType.OTHER_OWNER,
                "intercept: " + nameOrId + " (" + item.id() + ") is " + item.owner() + "'s (expected: one of " + owner
                        + "'s; see penstock list --all)");
    }

    private GatewayProblem unknown(String nameOrId) {
        return GatewayProblem.of(
                ProblemType.UNKNOWN_INTERCEPT,
                "intercept: " + nameOrId + " (expected: the name or id of one of " + owner
                        + "'s; see penstock list and penstock list --all)");
    }
}
