package io.penstock.gateway.session;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One manager, how to prove who we are to it, and how links are to reach it.
 *
 * @param url of its REST, without a slash at the end
 * @param tokenFile read at each use, so that a new token needs no restart
 * @param route of the links
 * @param tls what their TLS is made of, where they speak it
 * @param carrier what they run on by the relay route
 *     <p><em>Immutable</em>.
 */
public record ManagerRef(URI url, Path tokenFile, Route route, TlsTerms tls, CarrierChoice carrier) {

    private static final Pattern URL = Pattern.compile("https?://[^/?#\\s]+(/[^?#\\s]*)?");
    private static final int MAX_TOKEN = 8192;

    /** Reads a manager's address as a person writes it. */
    public static ManagerRef parse(String url, String tokenFile, Route route) {
        String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!URL.matcher(trimmed).matches()) {
            throw GatewayProblem.invalid("manager", url, "http://host:port");
        }
        try {
            return new ManagerRef(URI.create(trimmed), Path.of(tokenFile), route, TlsTerms.DEFAULT, CarrierChoice.TCP);
        } catch (IllegalArgumentException e) {
            throw GatewayProblem.invalid("manager", url, "http://host:port, and a path of a token file");
        }
    }

    /** The same manager, with that TLS and those carriers. */
    public ManagerRef with(TlsTerms otherTls, CarrierChoice otherCarrier) {
        return new ManagerRef(url, tokenFile, route, otherTls, otherCarrier);
    }

    /** Whether both mean the same manager by the same way; the token file may differ. */
    public boolean isSameAs(ManagerRef other) {
        return url.equals(other.url) && route == other.route && tls.equals(other.tls) && carrier == other.carrier;
    }

    @Override
    public String toString() {
        return url + " by " + route + " route with carrier " + carrier.name().toLowerCase(Locale.ROOT);
    }

    /** The bearer token as the file holds it now. */
    public String token() {
        String token = readToken();
        if (token.isEmpty() || token.length() > MAX_TOKEN || token.chars().anyMatch(c -> c < 33 || c > 126)) {
            throw unusable("holds no token", "one line with the manager's token");
        }
        return token;
    }

    private String readToken() {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw unusable("cannot be read", "a file with the manager's token; see --token-file");
        }
    }

    private GatewayProblem unusable(String what, String expectation) {
        return GatewayProblem.of(
                ProblemType.MANAGER_TOKEN,
                "token file: " + tokenFile + " " + what + " (expected: " + expectation + ")");
    }
}
