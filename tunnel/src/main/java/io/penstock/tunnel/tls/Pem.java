package io.penstock.tunnel.tls;

import io.penstock.tunnel.TunnelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys out of PEM files, each fault as one sentence that names the file.
 *
 * <p><em>Immutable</em>.
 */
final class Pem {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private Pem() {}

    /**
     * Our own certificate and its chain. Ours must be in force: a pair that nobody would trust must not replace one that is. What its
     * chain holds is the far end's to judge, and a root behind a newer cross-signature may well be over.
     */
    static X509Certificate[] chain(Path file) {
        X509Certificate[] found = certificates(file);
        try {
            found[0].checkValidity();
            return found;
        } catch (CertificateException e) {
            throw fault(file, "is of no use: " + e.getMessage(), "a certificate that is valid now");
        }
    }

    /** The certificates of a file, whatever their time: of a bundle of authorities some are always about to go. */
    static X509Certificate[] certificates(Path file) {
        try {
            X509Certificate[] found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(read(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toArray(X509Certificate[]::new);
            if (found.length == 0) {
                throw fault(file, "holds no certificate", "PEM");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw fault(file, "is of no use: " + e.getMessage(), "certificates in PEM");
        }
    }

    /** The private key of a file, which must be that of the certificate. */
    static PrivateKey key(Path file, X509Certificate certificate) {
        Matcher pem = PRIVATE_KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw fault(file, "holds no private key that can be read", "PKCS#8 in PEM, without a password");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            PrivateKey key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (!belongs(key, certificate)) {
                throw fault(file, "is the key of another certificate", "the certificate's own");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw fault(file, "is of no use: " + e.getMessage(), "the certificate's own key");
        }
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        byte[] anything = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm(key));
        signature.initSign(key);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(anything);
        return signature.verify(signed);
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw fault(file, "cannot be read", "a file in PEM");
        }
    }

    private static TunnelException fault(Path file, String what, String expectation) {
        return new TunnelException("TLS_FILES", file + " " + what + " (expected: " + expectation + ")");
    }
}
