package io.penstock.agent.capture;

import java.net.InetSocketAddress;

/**
 * A host, by name or address, and a TCP port: {@code host:port}, or {@code [v6 address]:port}.
 *
 * <p><em>Immutable</em>.
 */
public record HostPort(String host, int port) {

    private static final int MAX_PORT = 65535;

    public HostPort {
        if (host.isBlank() || port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(host + ":" + port + " (expected: host:port, the port 0 to 65535)");
        }
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException with one sentence when the text is not one
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' (expected: host:port)");
        }
        return new HostPort(unbracketed(text.substring(0, colon), text), portOf(text.substring(colon + 1), text));
    }

    /** Reads {@code port} or {@code host:port}; alone, the port is one of every address. */
    static HostPort parseListening(String text) {
        return text.indexOf(':') < 0 ? new HostPort("0.0.0.0", portOf(text, text)) : parse(text);
    }

    private static String unbracketed(String host, String text) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "' (expected: an IPv6 address in brackets, [::1]:8080)");
        }
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static int portOf(String digits, String text) {
        if (!digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int port = Integer.parseInt(digits);
            if (port <= MAX_PORT) {
                return port;
            }
        }
        throw new IllegalArgumentException("'" + text + "' (expected: a port of 0 to 65535)");
    }

    /** Looks the host up; blocks when it is a name. The result may be unresolved. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
