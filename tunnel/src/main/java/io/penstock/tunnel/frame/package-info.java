/**
 * The values on the wire and their bytes, as {@code api-spec/protocol.md} defines them. May use the JDK, Netty's buffers and
 * jspecify, and nothing else.
 */
@NullMarked
package io.penstock.tunnel.frame;

import org.jspecify.annotations.NullMarked;
