package io.penstock.manager.report;

/**
 * What an end says about a link of its newest snapshot.
 *
 * <p><em>Immutable</em>.
 */
public enum LinkCondition {
    /** Dialling or waiting for its peer. */
    CONNECTING,
    /** Streams can be opened. */
    OPEN,
    /** Without a carrier for the moment; both ends dial for another. */
    RESUMING,
    /** No new streams. */
    DRAINING,
    /** Over; a replacement is wanted. */
    CLOSED
}
