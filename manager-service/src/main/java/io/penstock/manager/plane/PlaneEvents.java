package io.penstock.manager.plane;

import io.penstock.manager.intercept.Intercept;
import io.penstock.manager.keep.KeepEvents;
import io.penstock.tunnel.link.LinkSide;

/**
 * What the control plane lets be observed. Called on the control loop; must not wait.
 */
public interface PlaneEvents extends KeepEvents {
    PlaneEvents NONE = new PlaneEvents() {};

    /** An intercept was made or changed its state or reason. */
    default void onTransition(Intercept intercept) {}

    /** A snapshot was written to a peer. */
    default void onSnapshotSent(LinkSide side) {}

    /** A report was taken from a peer. */
    default void onReport(LinkSide side) {}

    /** The whole, from time to time. */
    default void onView(PlaneView view) {}
}
