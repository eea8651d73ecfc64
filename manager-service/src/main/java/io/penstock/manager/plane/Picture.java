package io.penstock.manager.plane;

import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.intercept.InterceptState;
import io.penstock.manager.pairing.LinkAssignment;
import java.util.List;

/**
 * All that one agent or one gateway needs to know, without its revision: two equal pictures need not be sent twice.
 *
 * <p><em>Immutable</em>.
 */
public record Picture(List<Rule> rules, List<LinkAssignment> links) {

    /** One intercept, and the state in which its reader is to see it. */
    public record Rule(Intercept intercept, InterceptState shown) {}

    public Picture {
        rules = List.copyOf(rules);
        links = List.copyOf(links);
    }
}
