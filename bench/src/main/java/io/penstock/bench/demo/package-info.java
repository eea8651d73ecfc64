/**
 * {@code ./penstock demo}: the main job shown from nothing to a table, on one machine. May depend on {@code bench.load},
 * {@code bench.process} and {@code bench.config}.
 */
@NullMarked
package io.penstock.bench.demo;

import org.jspecify.annotations.NullMarked;
