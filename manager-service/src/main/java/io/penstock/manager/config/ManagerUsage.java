package io.penstock.manager.config;

import io.penstock.tunnel.process.ServiceUsage;

/**
 * What {@code java -jar manager-service.jar --help} prints.
 *
 * <p><em>Immutable</em>.
 */
public final class ManagerUsage {

    static final String TEXT = """
            Usage: java -jar manager-service.jar [--KEY=VALUE ...]

            Starts a Penstock manager: sessions and intercepts over REST and gRPC, and the relay that agents and gateways meet at.

            Main settings, and what they are when they are not given:
              --penstock.manager.home=DIRECTORY              token, keys and state ($PENSTOCK_HOME/manager, ~/.penstock/manager)
              --server.address=ADDRESS                       where REST listens (127.0.0.1)
              --server.port=PORT                             (8080)
              --spring.grpc.server.address=ADDRESS           where agents and gateways attach (127.0.0.1)
              --spring.grpc.server.port=PORT                 (9090)
              --penstock.manager.control.advertised-address=HOST:PORT
                                                             what gateways dial for it, when that is not where it listens
              --penstock.manager.relay.address=ADDRESS       where the relay listens (127.0.0.1)
              --penstock.manager.relay.port=PORT             (7070)
              --penstock.manager.relay.advertised-address=HOST:PORT
                                                             what agents and gateways dial for it, when that is not where it listens
              --management.server.port=PORT                  health and metrics (8081)

            Port 0 takes a free one; the ready line says which. A setting can stand in the environment instead, in upper case with
            dots as underscores and without dashes: PENSTOCK_MANAGER_RELAY_ADVERTISEDADDRESS. All settings: docs/configuration.md.

              -h, --help       Print this and exit.
              -V, --version    Print the version and exit.

            Exit codes:
              0     help or version was asked for
              1     a start that cannot succeed, with one sentence that says why
              130   stopped by INT, or by a second signal
              143   stopped by TERM
            """;

    private ManagerUsage() {}

    public static ServiceUsage of() {
        return ServiceUsage.of("penstock-manager", ManagerUsage.class, TEXT);
    }
}
