package io.penstock.tunnel.relay;

import io.penstock.tunnel.frame.ResetCode;

/**
 * What diallers report of themselves, on event loops.
 *
 * <p><em>Thread-safe</em>.
 */
public interface DialEvents {

    /** Reports to nobody. */
    DialEvents NONE = new DialEvents() {};

    /** A dial succeeded after that many nanoseconds, the wait in the queue not counted. */
    default void connected(long nanos) {}

    default void failed(ResetCode code) {}

    /** The number of dials that wait in a queue changed by that much. */
    default void queued(int change) {}
}
