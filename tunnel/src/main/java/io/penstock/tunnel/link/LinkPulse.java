package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.flow.WindowGrowth;
import io.penstock.tunnel.frame.Frame;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a link does because time passes or memory is short: keep-alive, delayed acknowledgements, stalls, the drain's end, and
 * holding its carrier back. One timer for all of it.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class LinkPulse implements WindowGrowth {

    private final Link link;
    private final LinkContext context;
    private final KeepAlive keepAlive;
    private final Runnable relief;
    private Loop.@Nullable Timer timer;
    private Loop.@Nullable Timer drainTimer;
    private boolean heldBack;

    LinkPulse(Link link, LinkContext context) {
        this.link = link;
        this.context = context;
        this.keepAlive =
                new KeepAlive(context.settings().keepAlive(), context.loop().nanoTime());
        this.relief = () -> context.loop().execute(this::onRelief);
    }

    void start() {
        context.budget().onRelief(relief);
        tick();
    }

    void stop() {
        context.budget().forget(relief);
        cancel(timer);
        cancel(drainTimer);
    }

    private static void cancel(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void tick() {
        if (link.state() == LinkState.CLOSED) {
            return;
        }
        timer = context.loop().schedule(this::tick, Link.TICK_NANOS);
        if (!link.slot().isEmpty()) {
            link.bytes().acknowledgeAtTick(link.engine());
        }
        if (context.budget().isExceeded()) {
            resetStalled();
        }
        if (heldBack) {
            onRelief();
        }
        if (!link.slot().isEmpty()) {
            watch();
        }
        endUnansweredOpens();
        if (context.budget().isShort()) {
            link.life().giveWay();
        }
    }

    /**
     * From a far side that is silent nobody waits for a queue of dials or a hold: as long as it takes to suspect the link, no
     * longer. Without a carrier an OPEN waits for the next one, as every stream does: it may have arrived, and the relay may only be
     * restarting.
     */
    private void endUnansweredOpens() {
        KeepAlivePolicy policy = context.settings().keepAlive();
        long whileGone = policy.openAnswer().plus(policy.suspectAfter()).toNanos();
        if (isSilent()) {
            link.engine().resetOpensOlderThan(whileGone);
        } else {
            link.engine().resetOverdueOpens();
        }
    }

    private void watch() {
        KeepAlive.Action action = heldBack
                ? keepAlive.tickHeldBack(nanoTime())
                : keepAlive.tick(nanoTime(), link.engine().oldestOpenWait());
        switch (action) {
            case NONE -> {}
            case SEND_PING -> link.engine().sendControl(new Frame.Ping(keepAlive.nonce()));
            case GIVE_UP ->
                link.life()
                        .giveUpCarrier(CloseCause.ofLink(
                                ResetCode.KEEP_ALIVE_TIMEOUT, Initiator.TUNNEL, "nothing came for " + silence()));
            case DOUBT -> link.life().doubtCarrier();
        }
    }

    private Duration silence() {
        return context.settings().keepAlive().deadAfter();
    }

    private void resetStalled() {
        link.engine()
                .resetStalled(nanoTime() - context.settings().stallTimeout().toNanos());
    }

    /** Another carrier: what was silent was the last one. */
    void restart() {
        keepAlive.restart(nanoTime());
        link.engine().sendControl(new Frame.Ping(keepAlive.nonce()));
    }

    void received() {
        if (keepAlive.received(nanoTime())) {
            link.life().proven();
        }
    }

    @Nullable
    String onPing(Frame.Ping ping) {
        link.engine().sendControl(new Frame.Pong(ping.nonce()));
        return link.engine().overflow();
    }

    @Nullable
    String onPong(Frame.Pong pong) {
        if (keepAlive.onPong(pong.nonce(), nanoTime())) {
            context.events().roundTrip(keepAlive.roundTrip());
        }
        return null;
    }

    /** Stops reading the carrier while the process holds more than its budget, and this link has a part in that. */
    void holdBackIfExceeded() {
        if (!heldBack && mustHoldBack()) {
            heldBack = true;
            link.slot().read(false);
        }
    }

    /**
     * Memory comes back in two ways: sockets take the bytes in hand, or the peer sends ACK and CREDIT for what waits here. So a
     * link with nothing in hand goes on reading, or two full ends would wait for each other for ever.
     */
    private boolean mustHoldBack() {
        return context.budget().isExceeded() && link.engine().inHand() > 0;
    }

    void onHandEmpty() {
        if (heldBack) {
            context.loop().execute(this::onRelief);
        }
    }

    private void onRelief() {
        if (link.state() == LinkState.CLOSED) {
            return;
        }
        if (heldBack && !mustHoldBack()) {
            heldBack = false;
            link.slot().read(true);
        }
        if (!context.budget().isShort()) {
            link.engine().wakeRelays();
        }
    }

    void drainWithin(Duration grace) {
        drainTimer = context.loop().schedule(this::endDrain, grace.toNanos());
    }

    private void endDrain() {
        if (link.state() != LinkState.CLOSED) {
            link.engine().resetAll(ResetCode.DRAIN_TIMEOUT);
        }
    }

    /** For how many nanoseconds nothing has come. */
    long silentNanos() {
        return keepAlive.silence(nanoTime());
    }

    boolean isSilent() {
        return keepAlive.isSilent();
    }

    boolean isSuspect() {
        return keepAlive.isSuspect();
    }

    @Override
    public long nanoTime() {
        return context.loop().nanoTime();
    }

    @Override
    public long roundTripNanos() {
        return keepAlive.roundTrip();
    }

    @Override
    public boolean mayGrow() {
        MemoryBudget budget = context.budget();
        return budget.mayGrow();
    }

    @Override
    public boolean mustShrink() {
        return context.budget().isShort();
    }
}
