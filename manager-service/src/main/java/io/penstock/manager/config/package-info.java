/**
 * Properties, wiring, start and stop. Depends on everything; nothing depends on it.
 */
@NullMarked
package io.penstock.manager.config;

import org.jspecify.annotations.NullMarked;
