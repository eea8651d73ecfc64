package io.penstock.tunnel.metrics;

/** What a meter measures. <em>Immutable</em>. */
public enum MeterKind {
    COUNTER,
    GAUGE,
    TIMER
}
