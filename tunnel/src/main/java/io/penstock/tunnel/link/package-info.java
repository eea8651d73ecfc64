/**
 * The multiplexer: one link, its streams' frames and what it runs on for the moment, without any input or output.
 * It may use {@code frame}, {@code flow} and {@code stream}.
 */
@NullMarked
package io.penstock.tunnel.link;

import org.jspecify.annotations.NullMarked;
