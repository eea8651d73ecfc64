/**
 * The service on the laptop and the command that drives it. The root holds only the service's entry point; it may depend on
 * Spring and on every package below.
 */
@NullMarked
package io.penstock.gateway;

import org.jspecify.annotations.NullMarked;
