package io.penstock.bench.demo;

import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.PenstockStack;
import java.net.InetSocketAddress;
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

    static String staying(DemoStage stage) {
        PenstockStack stack = stage.stack();
        return """

                Everything stays up, and shop/checkout is intercepted again. Try:

                  curl %s          what callers use: the laptop answers now
                  curl %s          the cluster's own app
                  curl %s          the laptop's app
                  PENSTOCK_HOME=%s ./penstock list
                  curl -H "Authorization: Bearer $(cat %s)" %s/api/v1/intercepts
                  curl %s/actuator/prometheus          the agent's metrics

                End with Ctrl-C.
                """.formatted(
                        url(stack.captured()),
                        url(stage.cluster()),
                        url(stage.laptop()),
                        stack.gatewayTerms().home(),
                        stack.managerTerms().tokenFile(),
                        stack.managerTerms().restAddress(),
                        stack.agent().actuator().base());
    }
}
