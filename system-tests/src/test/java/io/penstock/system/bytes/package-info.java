/** Bytes are exact, and so are the ends of connections. May depend on {@code stage} and {@code bench}. */
@NullMarked
package io.penstock.system.bytes;

import org.jspecify.annotations.NullMarked;
