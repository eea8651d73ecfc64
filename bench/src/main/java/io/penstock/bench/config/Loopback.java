package io.penstock.bench.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of this machine, IPv4, without a look-up. Immutable. */
public final class Loopback {
    private Loopback() {}

    /** Returns 127.0.0.1 with a port. */
    public static InetSocketAddress at(int port) {
        return at(1, port);
    }

    /** Returns 127.0.0.{@code host} with a port; Linux has all of them. */
    public static InetSocketAddress at(int host, int port) {
        return new InetSocketAddress(ip(host), port);
    }

    private static InetAddress ip(int host) {
        try {
            return Inet4Address.getByAddress(new byte[] {127, 0, 0, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("loopback address: 4 bytes (expected: a valid length)", e);
        }
    }
}
