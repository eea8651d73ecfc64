/** Intercepts from their beginning to their end, over REST and the command line, and what meters say. May depend on all modules. */
@NullMarked
package io.penstock.system.control;

import org.jspecify.annotations.NullMarked;
