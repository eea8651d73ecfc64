/**
 * A gateway's leased presence at the manager: arrive, remain, depart. Depends on {@code refusal} and
 * {@code keep}.
 */
@NullMarked
package io.penstock.manager.session;

import org.jspecify.annotations.NullMarked;
