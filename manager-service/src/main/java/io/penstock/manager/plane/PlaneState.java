package io.penstock.manager.plane;

import io.penstock.manager.agent.AgentRegistry;
import io.penstock.manager.intercept.InterceptRegistry;
import io.penstock.manager.intercept.StreamLedger;
import io.penstock.manager.pairing.LinkPlan;
import io.penstock.manager.report.Report;
import io.penstock.manager.session.SessionId;
import io.penstock.manager.session.SessionRegistry;
import java.util.Map;

/**
 * The facts of the control plane.
 *
 * <p><em>Loop-confined</em>.
 *
 * @param gatewayReports the newest report of each session's gateway
 */
record PlaneState(
        SessionRegistry sessions,
        AgentRegistry agents,
        InterceptRegistry intercepts,
        LinkPlan links,
        StreamLedger ledger,
        Map<SessionId, Report> gatewayReports) {}
