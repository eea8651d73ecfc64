/**
 * What a developer can ask of the gateway: intercept, leave, list, status. Depends on {@code session}, {@code forward},
 * {@code manager} and {@code problem}.
 */
@NullMarked
package io.penstock.gateway.intercept;

import org.jspecify.annotations.NullMarked;
