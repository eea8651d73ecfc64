/**
 * Sockets of callers and apps on one side, streams on the other: reading, writing, half-close, reset, dialling. May use
 * {@code frame}, {@code stream}, {@code link} and Netty's channels.
 */
@NullMarked
package io.penstock.tunnel.relay;

import org.jspecify.annotations.NullMarked;
