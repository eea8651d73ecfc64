package io.penstock.gateway.forward;

import io.netty.channel.Channel;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.frame.StreamTarget;
import io.penstock.tunnel.relay.DialAttempt;
import io.penstock.tunnel.relay.DialListener;
import io.penstock.tunnel.relay.DialSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream on its way to a target that may refuse it for a while. The stream is unanswered until the way ends.
 *
 * <pre>
 *           connected     refused           fails otherwise   hold over     its turn   target moved    caller or
 *                                                                           to probe   or was left     link gone
 * DIALING   OVER, taken   HELD; OVER when   OVER, failed      -             -          -               OVER
 *                         over or no room
 * HELD      -             -                 -                 OVER,         PROBING    DIALING, or     OVER
 *                                                             refused                  OVER, refused
 * PROBING   OVER, taken;  HELD              OVER, failed;     when its      -          when its        OVER
 *           frees others                    frees others      dial ends                dial ends
 * OVER      nothing comes here any more
 * </pre>
 *
 * A stream that comes while others wait begins in HELD. "Refused" is APP_REFUSED, whatever the agent makes of it; a stream whose
 * intercept was left hears GOING_AWAY or UNKNOWN_TARGET. "Frees others": they set out again, in their order. The hold is counted
 * from its beginning, over any number of dials and targets; a link that drains shortens it.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class HeldDial implements DialAttempt, DialListener {

    private enum State {
        DIALING,
        HELD,
        PROBING,
        OVER
    }

    private final DialListener stream;
    private final StreamTarget asked;
    private final BooleanSupplier draining;
    private final long holdNanos;
    private State state = State.DIALING;
    private @Nullable TargetHold hold;
    private @Nullable DialAttempt dial;
    private long keptBytes;
    private boolean wasHeld;
    /** Of no meaning before it was held. */
    private long deadline;

    /**
     * A stream that has not set out yet.
     *
     * @param draining whether its link ends soon
     * @param longest how long it may wait in all
     */
    HeldDial(DialListener stream, StreamTarget asked, BooleanSupplier draining, Duration longest) {
        this.stream = stream;
        this.asked = asked;
        this.draining = draining;
        this.holdNanos = longest.toNanos();
    }

    StreamTarget asked() {
        return asked;
    }

    long keptBytes() {
        return keptBytes;
    }

    /** Whether it ever waited. */
    boolean wasHeld() {
        return wasHeld;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** Sets out for a target. */
    void setOut(TargetHold to, DialSource source) {
        hold = to;
        state = State.DIALING;
        dial = source.dial(this);
    }

    void probe(DialSource source) {
        state = State.PROBING;
        dial = source.dial(this);
    }

    /** Waits from now on for that target; the first time begins the hold. */
    void await(TargetHold at, long now) {
        if (!wasHeld) {
            wasHeld = true;
            deadline = now + holdNanos;
        }
        hold = at;
        state = State.HELD;
        dial = null;
    }

    /** Whether the hold is over; for a link that drains so many nanoseconds from now at the latest. */
    boolean isOverdue(long now, long whileDraining) {
        if (draining.getAsBoolean() && deadline - now > whileDraining) {
            deadline = now + whileDraining;
        }
        return now - deadline >= 0;
    }

    /** Ends the way without a connection. */
    void refuse(ResetCode code, String detail) {
        end();
        stream.onFailed(code, detail);
    }

    private void end() {
        boolean probing = state == State.PROBING;
        state = State.OVER;
        if (probing && dial != null) {
            dial.cancel();
        }
    }

    /** Where it waits, or waited last. */
    TargetHold hold() {
        if (hold == null) {
            throw new IllegalStateException("not set out yet");
        }
        return hold;
    }

    @Override
    public void onConnected(Channel channel) {
        state = State.OVER;
        boolean freesOthers = hold().taken(this);
        stream.onConnected(channel);
        if (freesOthers) {
            hold().release();
        }
    }

    @Override
    public void onFailed(ResetCode code, String detail) {
        if (code == ResetCode.APP_REFUSED) {
            hold().refused(this, detail);
            return;
        }
        state = State.OVER;
        boolean freesOthers = hold().unreachable(this);
        stream.onFailed(code, detail);
        if (freesOthers) {
            hold().release();
        }
    }

    @Override
    public void kept(int bytes) {
        keptBytes += bytes;
        if (hold != null) {
            hold.grown(this, bytes);
        }
    }

    /** The stream ended: by its caller, with its link, or by our own answer. */
    @Override
    public void cancel() {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        if (dial != null) {
            dial.cancel();
        }
        hold().gone(this);
    }
}
