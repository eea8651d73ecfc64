package io.penstock.tunnel.address;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a TCP port, not looked up yet. There is one way to write them, {@code [host:]port}, with an IPv6 address in brackets;
 * whether the host may be left out, and whose it is then, depends on what the address is for.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65535; 0 is any free port, for those who listen
 *     <p><em>Immutable</em>.
 */
public record HostPort(String host, int port) {

    /** What {@link #parse} takes, for sentences. */
    public static final String EXPECTATION = "host:port, :port or port, with a port of 1 to 65535";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";
    private static final Pattern TEXT = Pattern.compile("(?:(?<name>[A-Za-z0-9._-]*):"
            + "|\\[(?<six>[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9._-]+)?)]:)?(?<port>[0-9]{1,5})");
    private static final int MAX_PORT = 65535;

    public HostPort {
        if (host.isBlank() || port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "'" + host + ":" + port + "' (expected: a host and a port of 0 to 65535)");
        }
    }

    /** Reads what is dialled: {@code host:port}, {@code [::1]:port}, {@code :port} or {@code port}, the last two on this machine. */
    public static Optional<HostPort> parse(String text) {
        return read(text, LOOPBACK).filter(address -> address.port > 0);
    }

    /**
     * Reads what is dialled, on a machine that must be named.
     *
     * @throws IllegalArgumentException with one sentence when the text is no such address
     */
    public static HostPort parseNamed(String text) {
        return read(text, "")
                .filter(address -> address.port > 0)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' (expected: host:port, such as app:8080 or [::1]:8080, with a port of 1 to 65535)"));
    }

    /**
     * Reads where to listen; a bare port is one of every address.
     *
     * @throws IllegalArgumentException with one sentence when the text is no such address
     */
    public static HostPort parseListening(String text) {
        return read(text, EVERYWHERE)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' (expected: [host:]port, such as 8080 or [::1]:8080, with a port of 0 to 65535)"));
    }

    /** @param absent the host when the text names none; empty when it must */
    private static Optional<HostPort> read(String text, String absent) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group("port"));
        String name = matcher.group("six") == null ? matcher.group("name") : matcher.group("six");
        String host = name == null || name.isEmpty() ? absent : name;
        return port > MAX_PORT || host.isEmpty() ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    /** Whether the host is an address already, so that nobody needs to be asked. */
    public boolean isLiteral() {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
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
