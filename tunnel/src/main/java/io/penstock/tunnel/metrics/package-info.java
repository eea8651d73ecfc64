/**
 * The tunnel's events as Micrometer meters, and as counts for each intercept. May use {@code frame}, {@code stream}, {@code link}
 * and Micrometer.
 */
@NullMarked
package io.penstock.tunnel.metrics;

import org.jspecify.annotations.NullMarked;
