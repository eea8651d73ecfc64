/**
 * Settings, wiring, and every thread of the gateway. Depends on all packages and on Spring.
 */
@NullMarked
package io.penstock.gateway.config;

import org.jspecify.annotations.NullMarked;
