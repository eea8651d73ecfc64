package io.penstock.manager.pairing;

import io.penstock.manager.pairing.LinkAssignment.Ends;
import io.penstock.manager.pairing.LinkAssignment.Way;

/**
 * The links that one agent and one session should have.
 *
 * <p><em>Immutable</em>.
 */
public record WantedLinks(Ends ends, int count, Way way) {}
