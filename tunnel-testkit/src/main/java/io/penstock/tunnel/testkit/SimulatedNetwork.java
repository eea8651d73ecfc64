package io.penstock.tunnel.testkit;

import io.penstock.tunnel.link.LinkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Connections of one simulated link that break, come back by halves, cross each other and break again.
 *
 * <p><em>Loop-confined</em>.
 */
final class SimulatedNetwork {

    private final Random random;
    private final InMemoryLink link;
    private final List<Reconnection> underWay = new ArrayList<>();

    SimulatedNetwork(Random random, InMemoryLink link) {
        this.random = random;
        this.link = link;
    }

    void cut() {
        link.cut();
    }

    /** One step of a dial: a new one, or of any that was begun, the oldest too. */
    void act() {
        if (underWay.isEmpty() || random.nextInt(10) == 0) {
            underWay.add(link.reconnect());
        }
        Reconnection any = underWay.get(random.nextInt(underWay.size()));
        switch (random.nextInt(9)) {
            case 0, 1 -> any.agentBegins();
            case 2, 3 -> any.gatewayBegins();
            case 4, 5 -> any.agentHears();
            case 6, 7 -> any.gatewayHears();
            default -> any.cut();
        }
    }

    /** The network is whole again: a link without a carrier gets one. */
    void mend() {
        if (isBroken()) {
            link.reconnect().complete();
        }
    }

    /** Connections that one end still waits on give up what is under way on them. */
    void end() {
        underWay.forEach(Reconnection::cut);
    }

    boolean isBroken() {
        return isResuming(link.agent()) || isResuming(link.gateway());
    }

    static boolean isResuming(LinkEnd end) {
        return end.link().state() == LinkState.RESUMING;
    }
}
