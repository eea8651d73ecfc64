/**
 * The captured ports: listening where the app's callers dial, and handing each connection to its loop's routing. May use
 * {@code divert}, the tunnel's transport, and Netty's channels.
 */
@NullMarked
package io.penstock.agent.capture;

import org.jspecify.annotations.NullMarked;
