package io.penstock.gateway.home;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What each call of the local REST must show. Made anew at each start; known only to who may read the state file.
 *
 * <p><em>Immutable</em>.
 */
public final class LocalToken {

    private static final int BYTES = 32;

    private final String value;

    private LocalToken(String value) {
        this.value = value;
    }

    public static LocalToken random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new LocalToken(HexFormat.of().formatHex(bytes));
    }

    public String value() {
        return value;
    }

    /** Whether the header of a call shows this token; takes as long for a near miss as for nonsense. */
    public boolean isShownBy(String authorization) {
        byte[] expected = ("Bearer " + value).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "local token";
    }
}
