package io.penstock.gateway.config;

import io.penstock.gateway.forward.Forwarding;
import io.penstock.gateway.intercept.ControlLoopQuery;
import io.penstock.gateway.session.GatewaySession;
import io.penstock.tunnel.link.Loop;

/**
 * What lives on the control loop.
 *
 * <p><em>Startup only</em>.
 */
record ControlLoopParts(Loop loop, ControlLoopQuery query, GatewaySession session, Forwarding forwarding) {}
