/**
 * Health and metrics over HTTP, in Actuator's shape. May use {@code control}'s readings and Netty's HTTP codec.
 */
@NullMarked
package io.penstock.agent.admin;

import org.jspecify.annotations.NullMarked;
