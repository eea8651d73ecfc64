package io.penstock.agent.control;

import io.penstock.agent.route.LoopRoutes;
import io.penstock.tunnel.link.Loop;
import io.penstock.tunnel.metrics.InterceptTally;
import java.util.List;

/**
 * What the control plane works on.
 *
 * @param control the loop that owns all of its state
 * @param routes one for each event loop of the data plane
 * @param means what links are made with
 * @param tally counts of each intercept
 * @param readings where health and metrics look
 *     <p><em>Immutable</em>.
 */
public record ControlTerms(
        Loop control, List<LoopRoutes> routes, LinkMeans means, InterceptTally tally, ControlReadings readings) {

    public ControlTerms {
        routes = List.copyOf(routes);
    }
}
