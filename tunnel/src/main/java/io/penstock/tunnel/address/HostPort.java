package io.penstock.tunnel.address;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, not looked up yet.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 *     <p><em>Immutable</em>.
 */
public record HostPort(String host, int port) {

    /** What {@link #parse} takes, for sentences. */
    public static final String EXPECTATION = "host:port, :port or port, with a port of 1 to 65535";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern TEXT =
            Pattern.compile("(?:(?<name>[A-Za-z0-9._-]*):|\\[(?<six>[0-9A-Fa-f:.%]+)]:)?(?<port>[0-9]{1,5})");
    private static final int MAX_PORT = 65535;

    /** Reads "host:port", "[::1]:port", ":port" or "port", the last two of them on this machine. */
    public static Optional<HostPort> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group("port"));
        String name = matcher.group("six") == null ? matcher.group("name") : matcher.group("six");
        String host = name == null || name.isEmpty() ? LOOPBACK : name;
        return port < 1 || port > MAX_PORT ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    /** Looks the host up; the result is unresolved when there is none. May take as long as the name service does. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
