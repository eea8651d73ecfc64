package io.penstock.tunnel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.StreamLifecycle.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table of states and events. */
final class StreamLifecycleTest {

    private static final CloseCause FIRST = CloseCause.byPeer(ResetCode.CANCELLED, "first");
    private static final CloseCause SECOND = CloseCause.byTunnel(ResetCode.STALLED, "second");

    private static StreamLifecycle in(StreamState state) {
        StreamLifecycle lifecycle = new StreamLifecycle();
        switch (state) {
            case OPENING -> {}
            case OPEN -> lifecycle.accept();
            case HALF_CLOSED_LOCAL -> {
                lifecycle.accept();
                lifecycle.halfCloseLocal();
            }
            case HALF_CLOSED_REMOTE -> {
                lifecycle.accept();
                lifecycle.halfCloseRemote();
            }
            case CLOSED -> lifecycle.end(FIRST);
        }
        assertThat(lifecycle.state()).isEqualTo(state);
        return lifecycle;
    }

    private static Step apply(StreamLifecycle lifecycle, String event) {
        return switch (event) {
            case "accept" -> lifecycle.accept();
            case "weHalfClose" -> lifecycle.halfCloseLocal();
            case "peerHalfCloses" -> lifecycle.halfCloseRemote();
            case "end" -> lifecycle.end(SECOND);
            default -> throw new IllegalArgumentException(event);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "OPENING,            accept,         MOVED,   OPEN,               ",
        "OPENING,            weHalfClose,    NONE,    OPENING,            ",
        "OPENING,            peerHalfCloses, ILLEGAL, OPENING,            ",
        "OPENING,            end,            ENDED,   CLOSED,             STALLED",
        "OPEN,               accept,         ILLEGAL, OPEN,               ",
        "OPEN,               weHalfClose,    MOVED,   HALF_CLOSED_LOCAL,  ",
        "OPEN,               peerHalfCloses, MOVED,   HALF_CLOSED_REMOTE, ",
        "OPEN,               end,            ENDED,   CLOSED,             STALLED",
        "HALF_CLOSED_LOCAL,  accept,         ILLEGAL, HALF_CLOSED_LOCAL,  ",
        "HALF_CLOSED_LOCAL,  weHalfClose,    NONE,    HALF_CLOSED_LOCAL,  ",
        "HALF_CLOSED_LOCAL,  peerHalfCloses, ENDED,   CLOSED,             NONE",
        "HALF_CLOSED_LOCAL,  end,            ENDED,   CLOSED,             STALLED",
        "HALF_CLOSED_REMOTE, accept,         ILLEGAL, HALF_CLOSED_REMOTE, ",
        "HALF_CLOSED_REMOTE, weHalfClose,    ENDED,   CLOSED,             NONE",
        "HALF_CLOSED_REMOTE, peerHalfCloses, ILLEGAL, HALF_CLOSED_REMOTE, ",
        "HALF_CLOSED_REMOTE, end,            ENDED,   CLOSED,             STALLED",
        "CLOSED,             accept,         NONE,    CLOSED,             CANCELLED",
        "CLOSED,             weHalfClose,    NONE,    CLOSED,             CANCELLED",
        "CLOSED,             peerHalfCloses, NONE,    CLOSED,             CANCELLED",
        "CLOSED,             end,            NONE,    CLOSED,             CANCELLED",
    })
    void followsTheTable(StreamState from, String event, String step, StreamState to, String cause) {
        StreamLifecycle lifecycle = in(from);

        Step taken = apply(lifecycle, event);

        assertThat(taken).hasToString(step);
        assertThat(lifecycle.state()).isEqualTo(to);
        CloseCause why = lifecycle.cause();
        assertThat(why == null ? null : why.code().toString()).isEqualTo(cause);
    }

    @Test
    void permitsWhatTheStateSays() {
        assertThat(StreamState.values())
                .filteredOn(StreamState::canSend)
                .containsExactly(StreamState.OPENING, StreamState.OPEN, StreamState.HALF_CLOSED_REMOTE);
        assertThat(StreamState.values())
                .filteredOn(StreamState::canReceive)
                .containsExactly(StreamState.OPENING, StreamState.OPEN, StreamState.HALF_CLOSED_LOCAL);
        assertThat(in(StreamState.CLOSED)).hasToString("CLOSED(CANCELLED)");
        assertThat(in(StreamState.OPEN)).hasToString("OPEN");
    }
}
