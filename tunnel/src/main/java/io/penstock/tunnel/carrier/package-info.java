/**
 * What a link runs on for the moment: how a carrier is dialled, joined at the relay and spliced to its counterpart.
 * It may use {@code link}, {@code frame}, Netty and slf4j.
 */
@NullMarked
package io.penstock.tunnel.carrier;

import org.jspecify.annotations.NullMarked;
