package io.penstock.gateway.config;

import io.penstock.tunnel.process.ServiceUsage;

/**
 * What the gateway service prints when it is asked for help; the {@code penstock} command has its own.
 *
 * <p><em>Immutable</em>.
 */
public final class GatewayUsage {

    static final String TEXT = """
            Usage: java -cp local-gateway.jar io.penstock.gateway.GatewayApplication [--KEY=VALUE ...]

            Starts the gateway service of $PENSTOCK_HOME (~/.penstock) in the foreground. Nobody needs to: penstock intercept starts
            it when none runs. Its settings are those of penstock.gateway in docs/configuration.md, for example
              --penstock.gateway.listen.port=PORT    of 127.0.0.1; 0 takes a free one (4848)
            or in the environment, such as PENSTOCK_GATEWAY_LISTEN_PORT.

              -h, --help       Print this and exit.
              -V, --version    Print the version and exit.

            Exit codes:
              0     help or version was asked for, or penstock stop has stopped it
              7     a start that cannot succeed, with one sentence that says why
              8     another one runs in that home
              130   stopped by INT, or by a second signal
              143   stopped by TERM
            """;

    private GatewayUsage() {}

    public static ServiceUsage of() {
        return ServiceUsage.of("penstock-gateway", GatewayUsage.class, TEXT);
    }
}
