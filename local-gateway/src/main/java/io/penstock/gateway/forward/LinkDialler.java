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

    /** What the newest carrier runs on, for people: "tcp", "tls" or "grpc"; "" before the first. */
    default String carrier() {
        return "";
    }

    /** A link that is being dialled, or has been. *Thread-safe*. */
    interface DialledLink {
        /** Asks for no new streams and closes after the last one; gives up a dial that is still under way. */
        void drain();

        /** Dials its next carriers at this door. */
        void renew(LinkAssignment.Door door);

        /** Ends the link with all of its streams. */
        void close();

        /** The link's numbers as last counted, and begins a new count. */
        LinkStats stats();
    }

    /**
     * Hears of one link, on any thread: perhaps {@code onOpen}, then {@code onResuming} and {@code onOpen} in turn, perhaps
     * {@code onDraining}, and {@code onClosed} once, at last.
     * *Thread-safe*.
     */
    interface Watcher {
        void onOpen();

        /** The link is without a carrier; {@code onOpen} follows when it has another. */
        void onResuming(String why);

        void onDraining();

        void onClosed(String code, String detail);
    }
}
