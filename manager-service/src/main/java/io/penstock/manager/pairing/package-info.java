/**
 * Which links exist between which agent and which session, and what replaces a lost one. Depends on {@code agent},
 * {@code keep}, {@code report} and {@code session}.
 */
@NullMarked
package io.penstock.manager.pairing;

import org.jspecify.annotations.NullMarked;
