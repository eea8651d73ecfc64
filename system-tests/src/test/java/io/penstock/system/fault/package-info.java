/** What callers, apps and enemies do wrong, and that nobody else notices. May depend on {@code stage} and {@code bench}. */
@NullMarked
package io.penstock.system.fault;

import org.jspecify.annotations.NullMarked;
