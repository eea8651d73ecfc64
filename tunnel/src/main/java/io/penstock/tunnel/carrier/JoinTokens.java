package io.penstock.tunnel.carrier;

import static java.util.Objects.requireNonNull;

import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkSide;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks join tokens with a key that all replicas of the manager share.
 *
 * <p>On the wire: version u8 | link id 16 | side u8 | expiry in epoch seconds u64 | HMAC-SHA256 over what precedes.
 *
 * <p><em>Thread-safe</em>.
 */
public final class JoinTokens {
    public static final int KEY_LENGTH = 32;
    public static final Duration LIFE = Duration.ofSeconds(60);

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte VERSION = 1;
    private static final int SIGNATURE = 32;
    private static final int BODY = 1 + LinkId.LENGTH + 1 + Long.BYTES;
    static final int LENGTH = BODY + SIGNATURE;

    private final SecretKeySpec key;
    private final InstantSource clock;

    public JoinTokens(byte[] key, InstantSource clock) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("join key: " + key.length + " bytes (expected: " + KEY_LENGTH + ")");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.clock = requireNonNull(clock, "clock");
    }

    /** Returns a signed token that is good for {@link #LIFE} from now. */
    public byte[] issue(LinkId link, LinkSide side) {
        return sign(new JoinToken(link, side, clock.instant().plus(LIFE)));
    }

    public byte[] sign(JoinToken token) {
        byte[] body = ByteBuffer.allocate(BODY)
                .put(VERSION)
                .put(token.link().toBytes())
                .put((byte) token.side().wire())
                .putLong(token.expiry().getEpochSecond())
                .array();
        return ByteBuffer.allocate(LENGTH).put(body).put(signature(body)).array();
    }

    /** Looks at the signature first, so that nothing is learnt from a token that no manager made. */
    public TokenVerdict verify(byte[] signed) {
        if (signed.length != LENGTH || !isSigned(signed)) {
            return new TokenVerdict.Refused(JoinRefusal.TOKEN_FORGED);
        }
        Optional<JoinToken> token = read(ByteBuffer.wrap(signed));
        if (token.isEmpty()) {
            return new TokenVerdict.Refused(JoinRefusal.TOKEN_FORGED);
        }
        if (token.get().isExpiredAt(clock.instant())) {
            return new TokenVerdict.Refused(JoinRefusal.TOKEN_EXPIRED);
        }
        return new TokenVerdict.Accepted(token.get());
    }

    private boolean isSigned(byte[] signed) {
        byte[] expected = signature(Arrays.copyOf(signed, BODY));
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(signed, BODY, LENGTH));
    }

    private static Optional<JoinToken> read(ByteBuffer in) {
        if (in.get() != VERSION) {
            return Optional.empty();
        }
        var link = new LinkId(in.getLong(), in.getLong());
        int side = in.get();
        Instant expiry = Instant.ofEpochSecond(in.getLong());
        return LinkSide.ofWire(side).map(known -> new JoinToken(link, known, expiry));
    }

    private byte[] signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + ": missing (expected: in every JDK)", e);
        }
    }
}
