/**
 * The gateway's own meters, beside those of the tunnel. Depends on Micrometer and on the features that it measures.
 */
@NullMarked
package io.penstock.gateway.metrics;

import org.jspecify.annotations.NullMarked;
