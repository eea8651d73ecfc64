package io.penstock.tunnel.carrier;

import java.net.SocketAddress;

/**
 * The end of a call, for logs.
 *
 * <p><em>Immutable</em>.
 */
final class CallAddress extends SocketAddress {

    private static final long serialVersionUID = 1;

    static final CallAddress HERE = new CallAddress("call");

    private final String text;

    CallAddress(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
