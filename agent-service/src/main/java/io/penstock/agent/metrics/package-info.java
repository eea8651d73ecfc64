/**
 * The agent's numbers as Micrometer meters; the only package with Micrometer in it. May use the feature packages and the tunnel's
 * {@code metrics}.
 */
@NullMarked
package io.penstock.agent.metrics;

import org.jspecify.annotations.NullMarked;
