/**
 * Why the gateway does not do what it was asked, as one sentence and a stable type. Depends on the JDK only.
 */
@NullMarked
package io.penstock.gateway.problem;

import org.jspecify.annotations.NullMarked;
