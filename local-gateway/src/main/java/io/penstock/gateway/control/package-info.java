/**
 * The control connection to the manager over gRPC: the only place with its generated types. Depends on {@code session}.
 */
@NullMarked
package io.penstock.gateway.control;

import org.jspecify.annotations.NullMarked;
