package io.penstock.tunnel.testkit;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import java.util.Random;

/**
 * Two links, one connection in memory and one seeded scheduler: opens, data both ways, half-closes, resets, slow and deaf readers,
 * drains, broken connections and budgets that are too small, in any order. The books are checked after every event, and
 * at the end everything must have ended and been given back.
 *
 * <p><em>Loop-confined</em>.
 */
public final class LinkSimulation {

    private static final long MILLI = 1_000_000L;

    /** Rounds of a half second that everything may take to end: more than any stall or drain takes. */
    private static final int PATIENCE = 1_000;

    private final long seed;
    private final Random random;
    private final SimulationProfile profile;
    private final InMemoryLink link;
    private final SimulatedNetwork network;
    private final CreditLedger ledger;
    private final SimulatedApps apps;
    private long events;
    private boolean disturbed;
    private boolean silenced;

    public LinkSimulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.profile = SimulationProfile.of(random);
        this.link = new InMemoryLink(profile.agent(), profile.gateway());
        this.ledger = new CreditLedger(link);
        this.network = new SimulatedNetwork(random, link);
        this.apps = new SimulatedApps(random, profile, link, ledger);
    }

    /** Runs to the end; a failure names the seed. Returns how many events there were. */
    public long run() {
        try {
            link.start();
            for (int step = 0; step < profile.steps(); step++) {
                randomEvent();
                checked();
            }
            settle();
            finish();
            return events;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "-Dsimulation.seed=" + seed + " after " + events + " events, " + profile + ": " + e.getMessage(),
                    e);
        }
    }

    /** How many times an end went on, on another carrier. */
    public int resumed() {
        return link.agent().events().resumed() + link.gateway().events().resumed();
    }

    private void checked() {
        events++;
        noteSilence();
        ledger.check();
    }

    private void randomEvent() {
        int dice = random.nextInt(100);
        if (dice < 40) {
            anyEnd().loop().runNext();
        } else if (dice < 60) {
            anyEnd().carrier().deliver(1 + random.nextInt(1 << random.nextInt(17)));
        } else if (dice < 85) {
            apps.act();
        } else if (dice < 92) {
            apps.open();
        } else if (dice < 96) {
            tick(random.nextInt(20) * MILLI);
        } else if (dice < 98) {
            networkEvent();
        } else {
            rareEvent();
        }
    }

    private void networkEvent() {
        if (!profile.cuts()) {
            tick(random.nextInt(20) * MILLI);
        } else if (network.isBroken() || random.nextInt(4) == 0) {
            network.act();
        } else if (random.nextInt(2) == 0) {
            network.cut();
        }
    }

    private void rareEvent() {
        int dice = random.nextInt(profile.faults() ? 16 : 12);
        switch (dice) {
            case 12 -> anyEnd().link().drain(ResetCode.SHUTDOWN);
            case 13 -> link.cut();
            case 14 -> anyEnd().link().close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "test"));
            case 0, 1, 2, 3 -> anyEnd().carrier().resize(0);
            case 4, 5, 6, 7 -> widen();
            default -> tick(random.nextInt(3_000) * MILLI);
        }
        disturbed |= dice >= 12;
    }

    private void widen() {
        link.agent().carrier().resize(profile.agent().capacity());
        link.gateway().carrier().resize(profile.gateway().capacity());
    }

    private LinkEnd anyEnd() {
        return random.nextBoolean() ? link.agent() : link.gateway();
    }

    private void tick(long nanos) {
        link.agent().loop().tick(nanos);
        link.gateway().loop().tick(nanos);
    }

    private void noteSilence() {
        silenced |= isSuspect(link.agent()) || isSuspect(link.gateway());
    }

    private static boolean isSuspect(LinkEnd end) {
        boolean silent = end.link().state().canOpen() && !end.link().canOpen();
        return silent || SimulatedNetwork.isResuming(end);
    }

    /** Every app does what is left to do; then every stream must end, first those without a deaf app. */
    private void settle() {
        widen();
        network.mend();
        settleRounds(false);
        apps.cure();
        settleRounds(true);
        boolean alive = link.agent().service().closeCause() == null
                && link.gateway().service().closeCause() == null;
        boolean peaceful = alive && !disturbed && !profile.pressure();
        SimulatedApp wronged = apps.findWronged(silenced);
        if (peaceful && wronged != null) {
            throw new AssertionError(wronged.socket() + ": " + wronged.socket().cause() + " (expected: a clean end)");
        }
    }

    private void settleRounds(boolean deafToo) {
        for (int round = 0; !apps.areDone(deafToo); round++) {
            if (round > PATIENCE) {
                throw new AssertionError("streams that never end: " + apps.unfinished());
            }
            for (int turn = 0; turn < 4; turn++) {
                apps.finish();
                network.mend();
                moveAll();
            }
            tick(500 * MILLI);
        }
    }

    private void moveAll() {
        boolean moved = true;
        while (moved) {
            moved = move();
            checked();
        }
    }

    private boolean move() {
        boolean ran = link.agent().loop().runNext();
        boolean ranToo = link.gateway().loop().runNext();
        noteSilence();
        boolean sent = link.agent().carrier().deliver(1 + random.nextInt(100_000));
        boolean sentToo = link.gateway().carrier().deliver(1 + random.nextInt(100_000));
        return ran || ranToo || sent || sentToo;
    }

    private void finish() {
        anyEnd().link().drain(ResetCode.SHUTDOWN);
        for (int round = 0; round < 100; round++) {
            network.mend();
            moveAll();
            tick(500 * MILLI);
        }
        moveAll();
        if (link.agent().service().closeCause() == null
                || link.gateway().service().closeCause() == null) {
            throw new AssertionError("link: still open after its drain");
        }
        network.end();
        moveAll();
        ledger.checkAllReturned();
        SimulatedApp twice = apps.findTwiceServed();
        if (twice != null) {
            throw new AssertionError(twice.socket() + ": served, and its opener was told that it reached nobody");
        }
    }
}
