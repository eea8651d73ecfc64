/**
 * The gRPC edge: the Attach calls of agents and gateways. Depends on {@code plane}, the features and the generated
 * classes.
 */
@NullMarked
package io.penstock.manager.api.grpc;

import org.jspecify.annotations.NullMarked;
