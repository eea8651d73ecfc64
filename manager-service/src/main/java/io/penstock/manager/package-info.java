/**
 * The manager's main class. Depends on {@code config} only.
 */
@NullMarked
package io.penstock.manager;

import org.jspecify.annotations.NullMarked;
