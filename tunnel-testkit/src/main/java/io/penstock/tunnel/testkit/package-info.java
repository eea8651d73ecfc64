/**
 * Fakes, a scripted peer, a seeded simulation and leak checks for whoever tests against the tunnel. May use the tunnel's public
 * types, JUnit and AssertJ.
 *
 * <p>Tests of the tunnel itself that need these live in this module's {@code src/test}, in the packages of the types they test:
 * a module's tests cannot depend on a module that depends on it. Tests that need none of this stay beside the code.
 */
@NullMarked
package io.penstock.tunnel.testkit;

import org.jspecify.annotations.NullMarked;
