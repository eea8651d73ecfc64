package io.penstock.tunnel.testkit;

import io.penstock.tunnel.link.Carrier;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.stream.CloseCause;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A carrier under test with a link on it, and a raw peer at its far end.
 *
 * <p><em>Thread-safe</em>: the test's thread calls it, and {@link #onLoop} gets to the carrier's.
 */
public interface CarrierRig extends AutoCloseable {

    Carrier carrier();

    /** The link on the carrier; its keep-alive is not started. */
    Link link();

    /** Who serves the link; asked on the carrier's loop. */
    RecordingService service();

    /** Whether this is the carrier's loop. */
    boolean isOnLoop();

    /** Why the link ended, or null. */
    @Nullable
    CloseCause linkClosed();

    /** Runs the task on the carrier's loop and waits for it. */
    void onLoop(Runnable task);

    /** Lets everything happen until the condition holds; fails when it does not in good time. */
    void await(BooleanSupplier condition);

    void peerSends(byte[] bytes);

    /** Lets the far end read, or stops it. */
    void peerReads(boolean wanted);

    /** Everything that the far end has read. */
    byte[] peerReceived();

    /** The far end closes the connection. */
    void peerCloses();

    /** The connection breaks: nobody says that it ends. */
    void cut();

    /** Whether the far end has seen the end of the connection. */
    boolean peerSawEnd();

    @Override
    void close();
}
