package io.penstock.tunnel.testkit;

import io.penstock.tunnel.flow.CreditPolicy;
import java.time.Duration;
import java.util.Random;

/**
 * The shape of one simulated run, drawn from its seed.
 *
 * @param agent the agent's end
 * @param gateway the gateway's end
 * @param steps random events before everything is let finish
 * @param pressure whether the budgets are too small for the traffic
 * @param dying whether some readers never read, not even at the end
 * @param faults whether the link may drain, close or lose its connection for good in the middle
 * @param cuts whether connections break and are replaced, which nobody may notice
 *     <p><em>Immutable</em>.
 */
record SimulationProfile(
        LinkTerms agent, LinkTerms gateway, int steps, boolean pressure, boolean dying, boolean faults, boolean cuts) {

    private static final int KIB = 1024;

    static SimulationProfile of(Random random) {
        boolean pressure = random.nextInt(3) == 0;
        boolean dying = random.nextInt(4) == 0;
        boolean faults = random.nextInt(3) == 0;
        boolean cuts = random.nextInt(2) == 0;
        return new SimulationProfile(
                terms(random, pressure),
                terms(random, pressure),
                200 + random.nextInt(600),
                pressure,
                dying,
                faults,
                cuts);
    }

    private static LinkTerms terms(Random random, boolean pressure) {
        int initial = CreditPolicy.MIN_WINDOW + random.nextInt(48 * KIB);
        long budget = pressure ? 24 * KIB + random.nextInt(400 * KIB) : 64L * KIB * KIB;
        return new LinkTerms(
                new CreditPolicy(initial, initial * (1 + random.nextInt(8))),
                256 * KIB,
                budget,
                1 + random.nextInt(64 * KIB),
                Duration.ofSeconds(30));
    }
}
