/**
 * What becomes of a caller's connection: diverted down a stream, handed to the original app, or first one and then the other. May
 * use {@code route}, the tunnel's streams, links and relays, and Netty's channels.
 */
@NullMarked
package io.penstock.agent.divert;

import org.jspecify.annotations.NullMarked;
