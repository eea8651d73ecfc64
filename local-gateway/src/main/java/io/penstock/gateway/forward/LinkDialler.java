package io.penstock.gateway.forward;

import io.penstock.gateway.session.LinkAssignment;
import io.penstock.tunnel.link.LinkStats;

/**
 * How links come to be.
 *
 * <p><em>Thread-safe</em>.
 */
public interface LinkDialler {

    /** Begins to dial; never throws and never waits. */
    DialledLink dial(LinkAssignment assignment, Watcher watcher);

    /** A link that is being dialled, or has been. *Thread-safe*. */
    interface DialledLink {
        /** Asks for no new streams and closes after the last one; gives up a dial that is still under way. */
        void drain();

        /** Ends the link with all of its streams. */
        void close();

        /** The link's numbers as last counted, and begins a new count. */
        LinkStats stats();
    }

    /**
     * Hears of one link, on any thread: perhaps {@code onOpen}, then perhaps {@code onDraining}, and {@code onClosed} once, at last.
     * *Thread-safe*.
     */
    interface Watcher {
        void onOpen();

        void onDraining();

        void onClosed(String code, String detail);
    }
}
