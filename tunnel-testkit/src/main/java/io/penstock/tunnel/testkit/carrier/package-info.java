/**
 * Ends of carriers for tests that look at what is said below frames. May know gRPC and the generated classes of carriers, which nothing
 * else here may.
 */
@NullMarked
package io.penstock.tunnel.testkit.carrier;

import org.jspecify.annotations.NullMarked;
