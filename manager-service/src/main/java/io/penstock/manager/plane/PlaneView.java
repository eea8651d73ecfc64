package io.penstock.manager.plane;

import io.penstock.manager.session.Session;
import java.util.List;

/**
 * The whole control plane as it was at one moment, for meters.
 *
 * <p><em>Immutable</em>.
 *
 * @param attachedAgents agents with a call
 * @param attachedGateways sessions with a call
 * @param links assigned now
 * @param linksReplaced since the start
 */
public record PlaneView(
        List<Session> sessions,
        List<InterceptView> intercepts,
        int attachedAgents,
        int attachedGateways,
        int links,
        long linksReplaced) {

    public static final PlaneView EMPTY = new PlaneView(List.of(), List.of(), 0, 0, 0, 0);
}
