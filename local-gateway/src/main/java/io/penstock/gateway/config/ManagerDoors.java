package io.penstock.gateway.config;

import io.penstock.gateway.session.ControlPlane;
import io.penstock.gateway.session.ReconnectPolicy;
import io.penstock.gateway.session.SessionDesk;

/**
 * The ways to a manager, and how often they are tried.
 *
 * <p><em>Startup only</em>.
 */
record ManagerDoors(SessionDesk desk, ControlPlane plane, ReconnectPolicy reconnects) {}
