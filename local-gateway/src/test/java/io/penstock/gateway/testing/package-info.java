/**
 * What the gateway's tests share. Depends on whatever it stands in for.
 */
@NullMarked
package io.penstock.gateway.testing;

import org.jspecify.annotations.NullMarked;
