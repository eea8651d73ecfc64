package io.penstock.tunnel.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with TLS, in one sentence for people.
 *
 * <p><em>Immutable</em>.
 */
public final class TlsFault {

    private TlsFault() {}

    /** Whether TLS is what failed. */
    public static boolean isIn(Throwable cause) {
        return find(cause, SSLException.class) != null;
    }

    /** Whether nobody answered, be it by a connection that was closed. */
    public static boolean isSilence(Throwable cause) {
        return find(cause, SslHandshakeTimeoutException.class) != null
                || find(cause, ClosedChannelException.class) != null;
    }

    /** Says what is wrong, and what was expected. */
    public static String sentence(Throwable cause) {
        if (find(cause, NotSslRecordException.class) != null) {
            return "TLS: the far end does not speak it (expected: TLS on both sides or on neither)";
        }
        if (find(cause, CertPathBuilderException.class) != null
                || find(cause, CertPathValidatorException.class) != null) {
            return "TLS: the far end's certificate is not trusted: " + rootOf(cause)
                    + " (expected: one signed by an authority that is trusted here)";
        }
        if (find(cause, CertificateException.class) != null) {
            return "TLS: the far end's certificate does not fit: " + rootOf(cause)
                    + " (expected: one for the name that was dialled)";
        }
        if (find(cause, SslHandshakeTimeoutException.class) != null) {
            return "TLS: the far end did not answer (expected: a handshake)";
        }
        if (find(cause, ClosedChannelException.class) != null) {
            return "TLS: the far end closed the connection (expected: a handshake)";
        }
        String root = rootOf(cause);
        return root.toLowerCase(Locale.ROOT).contains("alert")
                ? "TLS: the far end refused: " + root + " (expected: certificates that each side trusts)"
                : "TLS: " + root + " (expected: a handshake)";
    }

    static String rootOf(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }

    private static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> kind) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (kind.isInstance(each)) {
                return kind.cast(each);
            }
        }
        return null;
    }
}
