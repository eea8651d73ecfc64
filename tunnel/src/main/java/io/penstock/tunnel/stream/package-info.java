/**
 * The life of one stream: its state, its credit, its bytes. May use {@code frame} and {@code flow}.
 */
@NullMarked
package io.penstock.tunnel.stream;

import org.jspecify.annotations.NullMarked;
