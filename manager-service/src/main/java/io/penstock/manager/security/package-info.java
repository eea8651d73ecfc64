/**
 * The secrets that the manager keeps in its state directory. Depends on the JDK only.
 */
@NullMarked
package io.penstock.manager.security;

import org.jspecify.annotations.NullMarked;
