package io.penstock.manager.api.rest;

/**
 * Where gateways reach the manager's gRPC server; known once that is bound.
 */
@FunctionalInterface
public interface ControlAddress {

    String get();
}
