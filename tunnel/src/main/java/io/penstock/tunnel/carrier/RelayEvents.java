package io.penstock.tunnel.carrier;

import io.penstock.tunnel.link.LinkSide;

/**
 * What a relay tells about itself, to whom it may concern. Calls come from several event loops at once; they must be
 * fast and must not call back.
 *
 * <p><em>Thread-safe</em>.
 */
public interface RelayEvents {
    RelayEvents NONE = new RelayEvents() {};

    /** A carrier was turned away. */
    default void refused(JoinRefusal refusal) {}

    /** Two carriers were joined. */
    default void paired() {}

    /** Two carriers that were joined have ended; one call follows each {@link #paired()}. */
    default void unpaired() {}

    /** Bytes that came from this side were taken by the other side's socket. */
    default void moved(LinkSide from, long bytes) {}
}
