/** The bug that started this: many connections at once, none lost. May depend on {@code stage} and {@code bench}. */
@NullMarked
package io.penstock.system.storm;

import org.jspecify.annotations.NullMarked;
