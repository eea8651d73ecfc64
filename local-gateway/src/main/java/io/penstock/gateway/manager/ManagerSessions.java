package io.penstock.gateway.manager;

import io.penstock.gateway.json.JsonView;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.SessionDesk;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sessions made and given back over the manager's REST.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ManagerSessions implements SessionDesk {

    private static final String PATH = "/api/v1/sessions";

    private final ManagerClient client;
    private final Person person;

    /** Whose sessions they are: the person, and the machine. <em>Immutable</em>. */
    public record Person(String owner, String client) {}

    public ManagerSessions(ManagerClient client, Person person) {
        this.client = client;
        this.person = person;
    }

    @Override
    public CompletableFuture<Membership> arrive(ManagerRef manager) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("owner", person.owner());
        body.put("client", person.client());
        return client.post(manager, PATH, body).thenApply(session -> membership(manager, session));
    }

    @Override
    public CompletableFuture<?> depart(Membership membership) {
        return client.delete(membership.manager(), PATH + "/" + membership.sessionId());
    }

    private static Membership membership(ManagerRef manager, JsonView session) {
        String id = session.text("id");
        String control = session.object("control").text("address");
        if (id.isEmpty() || !control.matches(".+:[0-9]{1,5}")) {
            throw GatewayProblem.of(
                    ProblemType.MANAGER_ANSWER,
                    "manager: " + manager.url() + " made a session without id or control address (expected: both)");
        }
        return new Membership(manager, id, control);
    }
}
