/**
 * The sidecar's process: its command line and nothing else. May use all packages of the agent.
 */
@NullMarked
package io.penstock.agent;

import org.jspecify.annotations.NullMarked;
