/**
 * The command line, the settings made from it, and the wiring of the process: the only place that makes threads. May use all packages
 * of the agent.
 */
@NullMarked
package io.penstock.agent.config;

import org.jspecify.annotations.NullMarked;
