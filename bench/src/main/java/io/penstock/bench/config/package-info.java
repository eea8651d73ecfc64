/**
 * The harness's machinery: its one clock and the event loops that its clients and little servers run on. May depend on
 * Netty's transports and the JDK only.
 */
@NullMarked
package io.penstock.bench.config;

import org.jspecify.annotations.NullMarked;
