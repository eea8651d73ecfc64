/**
 * Where a new connection goes: the live rules, the links of one event loop, and the decision from both. May use the tunnel's
 * {@code link}.
 */
@NullMarked
package io.penstock.agent.route;

import org.jspecify.annotations.NullMarked;
