package io.penstock.agent.capture;

import io.penstock.tunnel.address.HostPort;

/**
 * One captured port: where callers dial, and where the original app listens.
 *
 * @param listen where this process listens; port 0 takes a free one
 *     <p><em>Immutable</em>.
 */
public record Capture(HostPort listen, HostPort app) {

    public Capture {
        if (app.port() == 0) {
            throw new IllegalArgumentException("app " + app + " (expected: the port that the app listens on)");
        }
        if (listen.port() == app.port() && listen.host().equals(app.host())) {
            throw new IllegalArgumentException(listen + "=" + app + " (expected: an app that listens elsewhere)");
        }
    }

    /**
     * Reads {@code [host:]port=app host:port}.
     *
     * @throws IllegalArgumentException with one sentence when the text is not one
     */
    public static Capture parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: [host:]port=app host:port, such as 8080=127.0.0.1:8081)");
        }
        return new Capture(
                HostPort.parseListening(text.substring(0, equals)), HostPort.parseNamed(text.substring(equals + 1)));
    }

    @Override
    public String toString() {
        return listen + "=" + app;
    }
}
