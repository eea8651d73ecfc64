package io.penstock.manager.api.grpc;

import io.penstock.manager.session.LeasePolicy;
import java.util.function.Supplier;

/**
 * What peers are told about the manager itself.
 *
 * <p><em>Immutable</em>.
 *
 * @param relayAddress where both ends of a relayed link dial; known once the relay is bound
 * @param relayTls whether TLS is spoken there
 */
public record Reachable(LeasePolicy lease, Supplier<String> relayAddress, boolean relayTls) {}
