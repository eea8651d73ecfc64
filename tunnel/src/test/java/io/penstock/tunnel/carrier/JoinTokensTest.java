package io.penstock.tunnel.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class JoinTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LinkId LINK = new LinkId(0x0123456789abcdefL, -2);

    private final JoinTokens tokens = tokensAt(NOW, 1);

    @Test
    void acceptsWhatItSigned() {
        for (LinkSide side : LinkSide.values()) {
            TokenVerdict verdict = tokens.verify(tokens.issue(LINK, side));

            assertThat(verdict).isEqualTo(accepted(side, NOW.plus(JoinTokens.LIFE)));
        }
    }

    @Test
    void acceptsTheTokenOfAReplicaWithTheSameKey() {
        byte[] signed = tokensAt(NOW.minusSeconds(30), 1).issue(LINK, LinkSide.AGENT);

        assertThat(tokens.verify(signed)).isEqualTo(accepted(LinkSide.AGENT, NOW.plusSeconds(30)));
    }

    @Test
    void refusesAnotherKeysToken() {
        assertRefused(tokensAt(NOW, 2).issue(LINK, LinkSide.AGENT), JoinRefusal.TOKEN_FORGED);
    }

    @Test
    void refusesEverySingleChangedBit() {
        byte[] signed = tokens.issue(LINK, LinkSide.AGENT);
        for (int bit = 0; bit < signed.length * 8; bit++) {
            byte[] forged = signed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);

            assertRefused(forged, JoinRefusal.TOKEN_FORGED);
        }
    }

    @Test
    void refusesEveryOtherLength() {
        byte[] signed = tokens.issue(LINK, LinkSide.GATEWAY);
        for (int length = 0; length < 2 * signed.length; length++) {
            if (length != signed.length) {
                assertRefused(Arrays.copyOf(signed, length), JoinRefusal.TOKEN_FORGED);
            }
        }
    }

    @Test
    void refusesFromTheVerySecondOfExpiry() {
        byte[] signed = tokens.sign(new JoinToken(LINK, LinkSide.AGENT, NOW));

        assertRefused(signed, JoinRefusal.TOKEN_EXPIRED);
        assertThat(tokensAt(NOW.minusMillis(1), 1).verify(signed)).isEqualTo(accepted(LinkSide.AGENT, NOW));
    }

    @Test
    void refusesAnOldForgeryAsForged() {
        byte[] signed = tokensAt(NOW.minus(Duration.ofDays(1)), 2).issue(LINK, LinkSide.AGENT);

        assertRefused(signed, JoinRefusal.TOKEN_FORGED);
    }

    @Test
    void needsAWholeKey() {
        assertThatThrownBy(() -> new JoinTokens(new byte[31], InstantSource.fixed(NOW)))
                .hasMessage("join key: 31 bytes (expected: 32)");
    }

    private void assertRefused(byte[] signed, JoinRefusal refusal) {
        assertThat(tokens.verify(signed)).isEqualTo(new TokenVerdict.Refused(refusal));
    }

    private static TokenVerdict accepted(LinkSide side, Instant expiry) {
        return new TokenVerdict.Accepted(new JoinToken(LINK, side, expiry));
    }

    private static JoinTokens tokensAt(Instant now, int keyByte) {
        byte[] key = new byte[JoinTokens.KEY_LENGTH];
        Arrays.fill(key, (byte) keyByte);
        return new JoinTokens(key, InstantSource.fixed(now));
    }
}
