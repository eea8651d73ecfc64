/**
 * Load that knows what it asked for: storms of connections, paced requests, and the tiny web app that answers them, with
 * every failure counted by kind. May depend on Netty, the JDK and {@code bench.config}.
 */
@NullMarked
package io.penstock.bench.load;

import org.jspecify.annotations.NullMarked;
