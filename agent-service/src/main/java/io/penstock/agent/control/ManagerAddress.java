package io.penstock.agent.control;

import io.penstock.tunnel.address.HostPort;

/**
 * Which manager, and what proves that we may talk to it.
 *
 * <p><em>Immutable</em>.
 */
public record ManagerAddress(HostPort address, TokenFile token) {}
