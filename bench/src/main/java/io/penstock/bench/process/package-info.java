/**
 * Real processes, started and ended by id, and what the kernel says about them; the whole of Penstock as such processes.
 * May depend on the JDK, Jackson and {@code bench.config}.
 */
@NullMarked
package io.penstock.bench.process;

import org.jspecify.annotations.NullMarked;
