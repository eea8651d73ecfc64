/**
 * The service's own REST for the command on the same machine. Depends on the features and on Spring's web parts.
 */
@NullMarked
package io.penstock.gateway.api;

import org.jspecify.annotations.NullMarked;
