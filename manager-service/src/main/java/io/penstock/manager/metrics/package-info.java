/**
 * The meters of the manager. The only package with Micrometer; depends on {@code plane} and the features.
 */
@NullMarked
package io.penstock.manager.metrics;

import org.jspecify.annotations.NullMarked;
