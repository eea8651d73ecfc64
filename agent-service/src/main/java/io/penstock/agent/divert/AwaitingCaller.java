package io.penstock.agent.divert;

/**
 * A caller that waits for its loop's link to come back.
 *
 * <p><em>Loop-confined</em>.
 */
final class AwaitingCaller extends CallerStage implements Runnable {

    private final CallerRouting routing;

    AwaitingCaller(Caller caller, CallerRouting routing) {
        super(caller);
        this.routing = routing;
    }

    /** The wait is over, one way or the other. */
    @Override
    public void run() {
        if (caller().isOpen()) {
            leave();
            routing.route(caller());
        }
    }

    @Override
    void onGone() {
        // It stays in the list of those who wait, and is passed over there.
    }
}
