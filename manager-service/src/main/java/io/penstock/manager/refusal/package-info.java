/**
 * Why a request is not done, as a code and a sentence. Depends on the JDK and on {@code tunnel.address}.
 */
@NullMarked
package io.penstock.manager.refusal;

import org.jspecify.annotations.NullMarked;
