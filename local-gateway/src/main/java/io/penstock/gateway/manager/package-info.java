/**
 * The manager's REST, as the gateway uses it. Depends on {@code session}, {@code problem}, {@code json} and the JDK's HTTP client.
 */
@NullMarked
package io.penstock.gateway.manager;

import org.jspecify.annotations.NullMarked;
