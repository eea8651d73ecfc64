package io.penstock.bench.demo;

import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.PenstockStack;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** The longer texts of the demo. Immutable. */
final class DemoWords {
    static final String OPENING = """
            Penstock on one machine, every part its own process, no Kubernetes needed:

              callers -> agent -> relay in the manager -> gateway -> the laptop's app
                           |
                           +-> the cluster's app, when nobody intercepts

            """;

    private DemoWords() {}

    static String url(InetSocketAddress address) {
        return "http://127.0.0.1:" + address.getPort();
    }

    static String outcome(StormReport report) {
        String failures = report.failed() == 0 ? "" : " " + report.failures() + ", for example " + report.samples();
        return String.format(
                Locale.ROOT,
                "%,d requests, %,d failed%s, %,.0f requests/s.",
                report.requests(),
                report.failed(),
                failures,
                report.requestsPerSecond());
    }

    static String verdict(DemoTable table) {
        if (table.isGood()) {
            return String.format(
                    Locale.ROOT,
                    "Nothing was lost: %,d of %<,d requests were answered, by whom they should.",
                    table.requests());
        }
        return String.format(
                Locale.ROOT,
                "Not as it should be: %,d of %,d requests failed, or others answered, or streams were left (see the table).",
                table.failed(),
                table.requests());
    }

    /** Where everything is that somebody may want to try while the demo stays. Immutable. */
    record Places(
            InetSocketAddress captured,
            InetSocketAddress cluster,
            InetSocketAddress laptop,
            Path home,
            URI manager,
            Path tokenFile,
            URI agent) {
        static Places of(DemoStage stage) {
            PenstockStack stack = stage.stack();
            return new Places(
                    stack.captured(),
                    stage.cluster(),
                    stage.laptop(),
                    stack.gatewayTerms().home(),
                    stack.managerTerms().restAddress(),
                    stack.managerTerms().tokenFile(),
                    stack.agent().actuator().base());
        }
    }

    static String staying(Places at) {
        return """

                Everything stays up, and shop/checkout is intercepted again. Try:

                  curl %s          what callers use: the laptop answers now
                  curl %s          the cluster's own app
                  curl %s          the laptop's app
                  curl %s/actuator/prometheus          the agent's metrics

                In another terminal, for the penstock command and for curl:

                  export PENSTOCK_HOME=%s
                  export PENSTOCK_MANAGER=%s
                  export PENSTOCK_TOKEN_FILE=%s
                  ./penstock list                      and list --all, status, leave checkout, intercept ...
                  curl -H "Authorization: Bearer $(cat $PENSTOCK_TOKEN_FILE)" $PENSTOCK_MANAGER/api/v1/intercepts

                End with Ctrl-C.
                """.formatted(
                        url(at.captured()),
                        url(at.cluster()),
                        url(at.laptop()),
                        at.agent(),
                        at.home(),
                        at.manager(),
                        at.tokenFile());
    }
}
