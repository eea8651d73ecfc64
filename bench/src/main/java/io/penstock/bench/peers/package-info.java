/**
 * What Penstock is measured against, as real processes on loopback with files of their own: nginx, HAProxy, ssh. May depend
 * on the JDK, {@code bench.process} and {@code bench.config}.
 */
@NullMarked
package io.penstock.bench.peers;

import org.jspecify.annotations.NullMarked;
