/**
 * Addresses as people write them. Depends on the JDK only, because the command and the service share it.
 */
@NullMarked
package io.penstock.gateway.address;

import org.jspecify.annotations.NullMarked;
