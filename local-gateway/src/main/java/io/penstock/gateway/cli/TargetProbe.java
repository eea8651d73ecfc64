package io.penstock.gateway.cli;

import io.penstock.tunnel.address.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Whether somebody listens at a local target.
 *
 * <p><em>Immutable</em>.
 */
final class TargetProbe {

    private static final int ANSWER_MILLIS = 500;

    private TargetProbe() {}

    static boolean isListening(HostPort target) {
        InetSocketAddress address = target.resolve();
        if (address.isUnresolved()) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, ANSWER_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The address that the developer means: "localhost" is where something listens, since some development servers listen on
     * IPv6 only.
     */
    static HostPort prefer(HostPort target) {
        if (!target.host().equals("localhost")) {
            return target;
        }
        HostPort four = new HostPort("127.0.0.1", target.port());
        HostPort six = new HostPort("::1", target.port());
        return !isListening(four) && isListening(six) ? six : four;
    }
}
