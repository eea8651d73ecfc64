/**
 * The state file: what the control plane keeps, in the tables of an embedded database. Depends on {@code plane} and its features,
 * and on Spring's JDBC client.
 */
@NullMarked
package io.penstock.manager.store;

import org.jspecify.annotations.NullMarked;
