package io.penstock.manager.plane;

import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.StreamCounts;

/**
 * An intercept with its numbers.
 *
 * <p><em>Immutable</em>.
 *
 * @param counts the sum of what the agents report
 * @param saturation the most saturated link that carries it, 0 to 1
 */
public record InterceptView(Intercept intercept, StreamCounts counts, double saturation) {}
