/**
 * Why a request is not done, as a code and a sentence. Depends on the JDK only.
 */
@NullMarked
package io.penstock.manager.refusal;

import org.jspecify.annotations.NullMarked;
