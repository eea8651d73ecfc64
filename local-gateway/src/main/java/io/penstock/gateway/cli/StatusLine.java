package io.penstock.gateway.cli;

import io.penstock.gateway.json.JsonView;
import java.util.Optional;

/**
 * An intercept's life in one line.
 *
 * <p><em>Immutable</em>.
 */
final class StatusLine {

    private StatusLine() {}

    /**
     * The line; up is what leaves this machine, down what comes to it.
     *
     * @param intercept as the local REST has it
     * @param gateway the status of the service
     */
    static String of(JsonView intercept, JsonView gateway) {
        JsonView streams = intercept.object("streams");
        JsonView links = gateway.object("links");
        String line = intercept.text("state")
                + "  open " + streams.number("open")
                + "  opened " + streams.number("opened")
                + "  failed " + streams.number("failed")
                + "  up " + Figures.shortBytes(streams.number("bytesFromApp"))
                + "  down " + Figures.shortBytes(streams.number("bytesToApp"))
                + "  saturation " + Figures.percent(links.decimal("saturation"));
        long held = intercept.number("held");
        return line + (held == 0 ? "" : "  held " + held) + onlyIfNotable(links, gateway.number("dialQueue"));
    }

    /** What is worth the room only when all is not well: the line should fit into 80 columns. */
    private static String onlyIfNotable(JsonView links, long queue) {
        String missing = links.number("open") == links.number("listed")
                ? ""
                : "  links " + links.number("open") + "/" + links.number("listed");
        return queue == 0 ? missing : missing + "  dial queue " + queue;
    }

    /** What an intercept came to, for the end of the command. */
    static String summary(JsonView intercept) {
        JsonView streams = intercept.object("streams");
        return Figures.plural(streams.number("opened"), "stream")
                + ", " + failures(streams)
                + ", " + Figures.bytes(streams.number("bytesToApp")) + " to the app, "
                + Figures.bytes(streams.number("bytesFromApp")) + " from it";
    }

    /** Says that the app was too slow to take connections, when it was. */
    static Optional<String> unanswered(JsonView intercept) {
        long late = intercept.object("streams").object("refused").number("DIAL_TIMEOUT");
        String then = intercept.text("onAppRefused").endsWith("REJECT") ? "were reset" : "went to the original app";
        return late == 0
                ? Optional.empty()
                : Optional.of(intercept.text("name") + ": " + Figures.plural(late, "connection") + " " + then
                        + " because the app did not take them in time.");
    }

    private static String failures(JsonView streams) {
        long failed = streams.number("failed");
        if (failed == 0) {
            return "0 failed";
        }
        StringBuilder codes = new StringBuilder();
        append(codes, streams.object("refused"));
        append(codes, streams.object("closed"));
        return failed + " failed (" + codes.toString().strip() + ")";
    }

    private static void append(StringBuilder codes, JsonView counts) {
        counts.fields().keySet().stream()
                .filter(code -> !code.equals("NONE"))
                .forEach(code -> codes.append(code)
                        .append(' ')
                        .append(counts.number(code))
                        .append(' '));
    }
}
