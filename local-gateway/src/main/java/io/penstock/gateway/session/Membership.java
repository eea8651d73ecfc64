package io.penstock.gateway.session;

/**
 * A session that a manager has given us.
 *
 * @param manager who gave it
 * @param sessionId its id
 * @param control "host:port" of the manager's gRPC
 *     <p><em>Immutable</em>.
 */
public record Membership(ManagerRef manager, String sessionId, String control) {

    Membership at(ManagerRef newer) {
        return new Membership(newer, sessionId, control);
    }
}
