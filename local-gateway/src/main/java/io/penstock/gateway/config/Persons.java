package io.penstock.gateway.config;

import io.penstock.gateway.manager.ManagerSessions.Person;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who sits at this machine, for the manager's lists.
 *
 * <p><em>Startup only</em>.
 */
final class Persons {

    /** What managers take. */
    private static final int LONGEST = 64;

    private Persons() {}

    static Person of(GatewayProperties.Session session) {
        String owner = session.owner().isBlank() ? System.getProperty("user.name", "unknown") : session.owner();
        String client = session.client().isBlank() ? hostName() : session.client();
        return new Person(cut(owner), cut(client));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // A laptop without a name in any name service.
        }
    }
}
