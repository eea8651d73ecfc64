/**
 * The data plane: one caller's connection becomes one stream on a link. Types that every package of the tunnel shares;
 * they depend on nothing but the JDK and jspecify.
 */
@NullMarked
package io.penstock.tunnel;

import org.jspecify.annotations.NullMarked;
