package io.penstock.tunnel.testkit;

import io.penstock.tunnel.frame.ResetCode;
import java.util.Random;

/**
 * One end of one simulated connection: what its app would like to send, and how it behaves.
 *
 * <p><em>Loop-confined</em>.
 */
final class SimulatedApp {

    private static final int PIECE = 20_000;

    private final FakeSocket socket;
    private final long planned;
    private boolean deaf;
    private boolean violent;

    /**
     * @param planned bytes that the app sends before it half-closes
     * @param deaf whether it takes nothing at all
     */
    SimulatedApp(FakeSocket socket, long planned, boolean deaf) {
        this.socket = socket;
        this.planned = planned;
        this.deaf = deaf;
    }

    FakeSocket socket() {
        return socket;
    }

    /** Whether the app itself ended the stream by force. */
    boolean isViolent() {
        return violent;
    }

    boolean isDeaf() {
        return deaf;
    }

    void cure() {
        deaf = false;
    }

    /** Whether its stream has ended and it has taken everything. */
    boolean isDone() {
        return socket.isClosed() && socket.inHand() == 0;
    }

    /** Does one random thing that such an app may do now. */
    void act(Random random) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> send(1 + random.nextInt(PIECE));
            case 3, 4, 5 -> take(1 + random.nextInt(2 * PIECE));
            case 6 -> answer(random);
            default -> endIfDue(random);
        }
    }

    private void send(int length) {
        int due = (int) Math.min(length, planned - socket.sent());
        if (due > 0) {
            socket.send(due);
        }
    }

    private void take(int max) {
        if (!deaf) {
            socket.take(max);
        }
    }

    private void answer(Random random) {
        if (!socket.isAccepted() && !socket.isOpener() && !socket.isClosed()) {
            if (random.nextInt(8) == 0) {
                end(ResetCode.APP_REFUSED);
            } else {
                socket.accept();
            }
        }
    }

    private void endIfDue(Random random) {
        if (random.nextInt(40) == 0) {
            end(ResetCode.CONNECTION_RESET);
        } else if (socket.sent() >= planned && !socket.isClosing()) {
            socket.halfClose();
        }
    }

    void end(ResetCode code) {
        if (!socket.isClosed()) {
            violent = true;
            socket.reset(code);
        }
    }

    /** Does all that is left to do, as far as it goes now. */
    void finish() {
        take(Integer.MAX_VALUE);
        if (socket.isClosed()) {
            return;
        }
        if (!socket.isOpener() && !socket.isAccepted()) {
            socket.accept();
        }
        send(PIECE);
        if (socket.sent() >= planned && !socket.isClosing()) {
            socket.halfClose();
        }
    }
}
