/**
 * The rules that divert a workload's traffic to a session, and every transition they can make. Depends on {@code
 * refusal}, {@code keep}, {@code workload} and {@code session}.
 */
@NullMarked
package io.penstock.manager.intercept;

import org.jspecify.annotations.NullMarked;
