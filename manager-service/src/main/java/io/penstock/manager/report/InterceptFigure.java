package io.penstock.manager.report;

import io.penstock.manager.intercept.StreamCounts;

/**
 * What one end says about an intercept.
 *
 * @param live agents: new connections are diverted now; gateways: every target resolves
 */
public record InterceptFigure(boolean live, StreamCounts counts) {}
