package io.penstock.gateway.intercept;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import java.util.function.Supplier;

/**
 * Whether anybody uses the service, and whether it is going. A command that started it, and could not do with it what it was
 * asked, ends it again unless somebody else has come in between.
 *
 * <pre>
 *             call begins   call fails   call has made something   stop if unused   stop
 * UNUSED      CALLED        -            -                         STOPPING         STOPPING
 * CALLED      CALLED        UNUSED (*)   USED                      refused          STOPPING
 * USED        USED          USED         USED                      refused          STOPPING
 * STOPPING    refused       STOPPING     STOPPING                  STOPPING         STOPPING
 * </pre>
 *
 * (*) with the last call under way. What was made may be unknown to the newest snapshot still, so that its calls are counted, and
 * not the intercepts; once used is used.
 *
 * <p><em>Thread-safe</em>: its state is its own, and calls run outside the lock.
 */
public final class ServiceUse {

    private int calls;
    private boolean used;
    private boolean stopping;

    /** Runs a call that leaves nothing behind. */
    public <T> T during(Supplier<T> call) {
        return run(call, false);
    }

    /** Runs a call whose success leaves something behind. */
    public <T> T making(Supplier<T> call) {
        return run(call, true);
    }

    private <T> T run(Supplier<T> call, boolean makes) {
        begin();
        boolean made = false;
        try {
            T answer = call.get();
            made = makes;
            return answer;
        } finally {
            end(made);
        }
    }

    private synchronized void begin() {
        if (stopping) {
            throw GatewayProblem.of(
                    ProblemType.GATEWAY_STOPPING, "gateway service: is stopping (expected: one that stays; try again)");
        }
        calls++;
    }

    private synchronized void end(boolean made) {
        calls--;
        used |= made;
    }

    /** Refuses calls from now on, unless somebody uses the service; returns whether it does. */
    public synchronized boolean stopIfUnused() {
        stopping |= calls == 0 && !used;
        return stopping;
    }

    /** Refuses calls from now on. */
    public synchronized void stop() {
        stopping = true;
    }
}
