package io.penstock.manager.keep;

/**
 * What can be seen of the keeping. Called on the control loop; must not wait.
 */
public interface KeepEvents {
    KeepEvents NONE = new KeepEvents() {};

    /** How a write ended, or that it takes too long. */
    enum Outcome {
        /** The store has it. */
        WRITTEN,
        /** The store has none of it. */
        FAILED,
        /** It was not waited for any longer; how it ends is counted too. */
        LATE
    }

    /** A write ended, or is late. */
    default void onWrite(Outcome outcome) {}

    /** How many things differ from what is stored, after each attempt to write them. */
    default void onUnwritten(int things) {}
}
