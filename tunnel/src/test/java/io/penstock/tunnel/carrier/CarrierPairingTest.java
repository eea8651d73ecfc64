package io.penstock.tunnel.carrier;

import static io.penstock.tunnel.link.LinkSide.AGENT;
import static io.penstock.tunnel.link.LinkSide.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.carrier.PairingEffect.Await;
import io.penstock.tunnel.carrier.PairingEffect.Join;
import io.penstock.tunnel.carrier.PairingEffect.Part;
import io.penstock.tunnel.carrier.PairingEffect.Refuse;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CarrierPairingTest {
    private static final LinkId LINK = new LinkId(1, 1);
    private static final LinkId OTHER = new LinkId(2, 2);

    private final CarrierPairing<String> pairing = new CarrierPairing<>(2);

    @Test
    void theFirstWaitsAndTheSecondJoins() {
        assertThat(pairing.arrive(LINK, GATEWAY, "g")).containsExactly(new Await<>("g"));
        assertThat(pairing.arrive(LINK, AGENT, "a")).containsExactly(new Join<>(LINK, "a", "g"));

        assertThat(pairing.waiting()).isZero();
        assertThat(pairing.joined()).isOne();
    }

    @Test
    void linksDoNotMix() {
        pairing.arrive(LINK, GATEWAY, "g");

        assertThat(pairing.arrive(OTHER, AGENT, "a")).containsExactly(new Await<>("a"));
    }

    @Test
    void theNewestOfASideWaitsInsteadOfTheOlder() {
        pairing.arrive(LINK, AGENT, "a1");

        assertThat(pairing.arrive(LINK, AGENT, "a2"))
                .containsExactly(refused("a1", JoinRefusal.TOKEN_USED), wait("a2"));
        assertThat(pairing.arrive(LINK, GATEWAY, "g")).containsExactly(new Join<>(LINK, "a2", "g"));
    }

    @Test
    void aNewCarrierOfEitherSidePartsTheOldPair() {
        for (LinkSide side : LinkSide.values()) {
            pairing.arrive(LINK, AGENT, "a1");
            pairing.arrive(LINK, GATEWAY, "g1");

            assertThat(pairing.arrive(LINK, side, "new")).containsExactly(new Part<>(LINK, "a1", "g1"), wait("new"));
            assertThat(pairing.leave(LINK, "new")).isTrue();
        }
    }

    @Test
    void aLateEndOfAPartedPairDoesNotTouchTheNewOne() {
        pairing.arrive(LINK, AGENT, "a1");
        pairing.arrive(LINK, GATEWAY, "g1");
        pairing.arrive(LINK, AGENT, "a2");
        pairing.arrive(LINK, GATEWAY, "g2");

        pairing.unpair(LINK, "a1");

        assertThat(pairing.joined()).isOne();
        pairing.unpair(LINK, "a2");
        assertThat(pairing.joined()).isZero();
    }

    @Test
    void onlyTheCarrierThatWaitsCanLeave() {
        pairing.arrive(LINK, AGENT, "a1");
        pairing.arrive(LINK, AGENT, "a2");

        assertThat(pairing.leave(LINK, "a1")).isFalse();
        assertThat(pairing.leave(LINK, "a2")).isTrue();
        assertThat(pairing.leave(LINK, "a2")).isFalse();
        assertThat(pairing.waiting()).isZero();
    }

    @Test
    void tooManyWaitingAreRefusedButTheirCounterpartsJoin() {
        pairing.arrive(LINK, AGENT, "a1");
        pairing.arrive(OTHER, AGENT, "a2");

        assertThat(pairing.arrive(new LinkId(3, 3), AGENT, "a3"))
                .containsExactly(refused("a3", JoinRefusal.OVERLOADED));
        assertThat(pairing.arrive(LINK, GATEWAY, "g1")).containsExactly(new Join<>(LINK, "a1", "g1"));
        assertThat(pairing.arrive(new LinkId(3, 3), AGENT, "a3")).containsExactly(wait("a3"));
    }

    @Test
    void closingRefusesTheWaitingAndTheComingAndKeepsThePairs() {
        pairing.arrive(LINK, AGENT, "a1");
        pairing.arrive(LINK, GATEWAY, "g1");
        pairing.arrive(OTHER, GATEWAY, "g2");

        assertThat(pairing.close()).containsExactly(refused("g2", JoinRefusal.SHUTTING_DOWN));
        assertThat(pairing.arrive(OTHER, AGENT, "a2")).containsExactly(refused("a2", JoinRefusal.SHUTTING_DOWN));
        assertThat(pairing.joined()).isOne();
    }

    /** Every carrier that arrived is, at any time, waiting, joined or let go of by exactly one effect. */
    @Test
    void losesNoCarrierInAnySequence() {
        for (long seed = 0; seed < 500; seed++) {
            new RandomPairing(seed).run();
        }
    }

    private static Refuse<String> refused(String carrier, JoinRefusal refusal) {
        return new Refuse<>(carrier, refusal, refusal.meaning());
    }

    private static Await<String> wait(String carrier) {
        return new Await<>(carrier);
    }

    private static final class RandomPairing {
        private final long seed;
        private final Random random;
        private final CarrierPairing<String> pairing = new CarrierPairing<>(3);
        private final Map<String, LinkId> waiting = new HashMap<>();
        private final Map<String, LinkId> joinedAgents = new HashMap<>();
        private final Set<String> gone = new HashSet<>();

        RandomPairing(long seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        void run() {
            for (int i = 0; i < 200; i++) {
                var link = new LinkId(random.nextInt(4), 0);
                switch (random.nextInt(4)) {
                    case 0 -> waiting.entrySet().stream().findAny().ifPresent(this::leave);
                    case 1 -> joinedAgents.entrySet().stream().findAny().ifPresent(this::unpair);
                    default -> arrive(link, random.nextBoolean() ? AGENT : GATEWAY, "c" + i);
                }
                assertThat(pairing.waiting()).as("seed %d step %d", seed, i).isEqualTo(waiting.size());
                assertThat(pairing.joined()).as("seed %d step %d", seed, i).isEqualTo(joinedAgents.size());
            }
        }

        private void arrive(LinkId link, LinkSide side, String carrier) {
            for (PairingEffect<String> effect : pairing.arrive(link, side, carrier)) {
                if (effect instanceof Await<String> await) {
                    waiting.put(await.carrier(), link);
                } else if (effect instanceof Refuse<String> refuse) {
                    waiting.remove(refuse.carrier());
                    assertThat(gone.add(refuse.carrier())).as("seed %d", seed).isTrue();
                } else if (effect instanceof Join<String> join) {
                    assertThat(waiting.remove(carrier.equals(join.agent()) ? join.gateway() : join.agent()))
                            .as("seed %d", seed)
                            .isEqualTo(link);
                    joinedAgents.put(join.agent(), link);
                } else if (effect instanceof Part<String> part) {
                    assertThat(joinedAgents.remove(part.agent()))
                            .as("seed %d", seed)
                            .isEqualTo(link);
                }
            }
        }

        private void leave(Map.Entry<String, LinkId> carrier) {
            assertThat(pairing.leave(carrier.getValue(), carrier.getKey()))
                    .as("seed %d", seed)
                    .isTrue();
            waiting.remove(carrier.getKey());
        }

        private void unpair(Map.Entry<String, LinkId> agent) {
            pairing.unpair(agent.getValue(), agent.getKey());
            joinedAgents.remove(agent.getKey());
        }
    }
}
