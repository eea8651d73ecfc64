/**
 * The attached agents, what they capture and what they report. Depends on {@code refusal}, {@code keep}, {@code workload},
 * {@code session} (leases) and {@code report}.
 */
@NullMarked
package io.penstock.manager.agent;

import org.jspecify.annotations.NullMarked;
