package io.penstock.agent.divert;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many callers' connections went which way since the start, over all loops.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ConnectionCounts {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder diverted = new LongAdder();
    private final LongAdder passed = new LongAdder();
    private final LongAdder passedEnded = new LongAdder();
    private final LongAdder failedOpen = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder linkWaits = new LongAdder();
    /** One for all connections: they are many, and short. */
    private final ChannelFutureListener onEnded = closed -> ended.increment();

    private final ChannelFutureListener onPassedEnded = closed -> passedEnded.increment();

    void onAccepted(Channel caller) {
        accepted.increment();
        caller.closeFuture().addListener(onEnded);
    }

    void onDiverted() {
        diverted.increment();
    }

    void onPassed(Channel caller) {
        passed.increment();
        caller.closeFuture().addListener(onPassedEnded);
    }

    void onFailedOpen() {
        failedOpen.increment();
    }

    void onRejected() {
        rejected.increment();
    }

    void onLinkWait() {
        linkWaits.increment();
    }

    /** Connections of callers on captured ports. */
    public long accepted() {
        return accepted.sum();
    }

    /** Connections of callers that are open now. */
    public long open() {
        return Math.max(0, accepted.sum() - ended.sum());
    }

    /** Connections whose stream the gateway accepted. */
    public long diverted() {
        return diverted.sum();
    }

    /** Connections that went to the original app, for whatever reason. */
    public long passedThrough() {
        return passed.sum();
    }

    /** Connections to the original app that are open now, the dial included. */
    public long passedThroughOpen() {
        return Math.max(0, passed.sum() - passedEnded.sum());
    }

    /** Connections that went to the original app although a rule was live. */
    public long failedOpen() {
        return failedOpen.sum();
    }

    /** Connections that were reset before anybody accepted them: by policy, or because what had been sent might have been read. */
    public long rejected() {
        return rejected.sum();
    }

    /** Connections that waited for a link to come back. */
    public long linkWaits() {
        return linkWaits.sum();
    }
}
