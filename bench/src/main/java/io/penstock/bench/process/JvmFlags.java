package io.penstock.bench.process;

import java.util.List;
import java.util.stream.Stream;

/** The JVM flags of the three services. Immutable. */
public record JvmFlags(List<String> manager, List<String> agent, List<String> gateway) {
    private static final String SERIAL = "-XX:+UseSerialGC";
    private static final String CLIENT_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final String SHARE = "-Xshare:auto";

    /** For a short life: every process starts fast and compiles little. */
    public static final JvmFlags FAST_START = new JvmFlags(
            List.of(SERIAL, CLIENT_COMPILER, SHARE, "-Xmx192m"),
            List.of(SERIAL, CLIENT_COMPILER, SHARE, "-Xmx96m"),
            List.of(SERIAL, CLIENT_COMPILER, SHARE, "-Xmx192m"));

    /** For load that lasts: the optimising compiler as well. */
    public static final JvmFlags LONG_RUN =
            new JvmFlags(List.of(SERIAL, "-Xmx192m"), List.of(SERIAL, "-Xmx96m"), List.of(SERIAL, "-Xmx192m"));

    /** These, and more for each. */
    public JvmFlags plus(List<String> moreManager, List<String> moreAgent, List<String> moreGateway) {
        return new JvmFlags(both(manager, moreManager), both(agent, moreAgent), both(gateway, moreGateway));
    }

    /** These, with the archives of classes that are there. */
    public JvmFlags archived(Jars jars) {
        return plus(ClassArchive.MANAGER.using(jars), ClassArchive.AGENT.using(jars), ClassArchive.GATEWAY.using(jars));
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    public JvmFlags {
        manager = List.copyOf(manager);
        agent = List.copyOf(agent);
        gateway = List.copyOf(gateway);
    }
}
