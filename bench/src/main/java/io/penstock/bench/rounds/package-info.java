/**
 * The benchmark: loads and peers interleaved in rounds, medians, goals, and the report as Markdown, JSON and SVG. May depend
 * on the packages beside it, except {@code bench.demo}.
 */
@NullMarked
package io.penstock.bench.rounds;

import org.jspecify.annotations.NullMarked;
