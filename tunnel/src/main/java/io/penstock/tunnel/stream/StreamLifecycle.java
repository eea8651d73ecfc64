package io.penstock.tunnel.stream;

import io.penstock.tunnel.LoopConfined;
import org.jspecify.annotations.Nullable;

/**
 * The life of one stream, without its bytes. Each event either moves the state or says why it may not:
 *
 * <pre>
 *                     accept            we half-close        peer half-closes     end (reset, link lost)
 * OPENING             OPEN              deferred to accept   error                CLOSED
 * OPEN                error             HALF_CLOSED_LOCAL    HALF_CLOSED_REMOTE   CLOSED
 * HALF_CLOSED_LOCAL   error             no-op                CLOSED               CLOSED
 * HALF_CLOSED_REMOTE  error             CLOSED               error                CLOSED
 * CLOSED              no-op everywhere; the first cause is kept
 * </pre>
 *
 * An error closes the stream with PROTOCOL_ERROR; what that means for the link is the caller's to decide.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class StreamLifecycle {

    /** What the caller must do after an event. <em>Immutable</em>. */
    enum Step {
        /** Nothing changed that anybody needs to hear of. */
        NONE,
        /** The state moved. */
        MOVED,
        /** The stream is over, now; {@link #cause} says why. */
        ENDED,
        /** The event is illegal here: a protocol error if the peer sent it. */
        ILLEGAL
    }

    private StreamState state = StreamState.OPENING;
    private @Nullable CloseCause cause;

    StreamState state() {
        return state;
    }

    /** Why the stream ended, or null while it has not. */
    @Nullable
    CloseCause cause() {
        return cause;
    }

    Step accept() {
        return switch (state) {
            case OPENING -> move(StreamState.OPEN);
            case OPEN, HALF_CLOSED_LOCAL, HALF_CLOSED_REMOTE -> Step.ILLEGAL;
            case CLOSED -> Step.NONE;
        };
    }

    /** Our last byte has left. In OPENING nothing happens: the caller asks again after ACCEPT. */
    Step halfCloseLocal() {
        return switch (state) {
            case OPENING, HALF_CLOSED_LOCAL, CLOSED -> Step.NONE;
            case OPEN -> move(StreamState.HALF_CLOSED_LOCAL);
            case HALF_CLOSED_REMOTE -> end(CloseCause.CLEAN);
        };
    }

    Step halfCloseRemote() {
        return switch (state) {
            case OPENING, HALF_CLOSED_REMOTE -> Step.ILLEGAL;
            case OPEN -> move(StreamState.HALF_CLOSED_REMOTE);
            case HALF_CLOSED_LOCAL -> end(CloseCause.CLEAN);
            case CLOSED -> Step.NONE;
        };
    }

    Step end(CloseCause why) {
        if (state.isClosed()) {
            return Step.NONE;
        }
        state = StreamState.CLOSED;
        cause = why;
        return Step.ENDED;
    }

    private Step move(StreamState next) {
        state = next;
        return Step.MOVED;
    }

    @Override
    public String toString() {
        return cause == null ? state.toString() : state + "(" + cause.code() + ")";
    }
}
