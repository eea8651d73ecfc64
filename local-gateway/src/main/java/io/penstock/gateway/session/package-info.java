/**
 * The gateway's leased presence at one manager: arrive, remain, depart. Depends on {@code problem} and on the tunnel's loop and
 * link ids; gRPC and HTTP are behind its interfaces.
 */
@NullMarked
package io.penstock.gateway.session;

import org.jspecify.annotations.NullMarked;
