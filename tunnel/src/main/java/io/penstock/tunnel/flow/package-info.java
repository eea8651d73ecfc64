/**
 * The arithmetic of credit and memory, without any IO. May use the JDK and jspecify, and nothing else.
 */
@NullMarked
package io.penstock.tunnel.flow;

import org.jspecify.annotations.NullMarked;
