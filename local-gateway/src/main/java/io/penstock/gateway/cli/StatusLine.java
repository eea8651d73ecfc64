package io.penstock.gateway.cli;

import io.penstock.gateway.json.JsonView;

/**
 * An intercept's life in one line.
 *
 * <p><em>Immutable</em>.
 */
final class StatusLine {

    private StatusLine() {}

    /**
     * The line.
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
                + "  to app " + Figures.bytes(streams.number("bytesToApp"))
                + "  from app " + Figures.bytes(streams.number("bytesFromApp"))
                + "  saturation " + Figures.percent(links.decimal("saturation"))
                + "  links " + links.number("open") + "/" + links.number("listed");
        long queue = gateway.number("dialQueue");
        return queue == 0 ? line : line + "  dial queue " + queue;
    }

    /** What an intercept came to, for the end of the command. */
    static String summary(JsonView intercept) {
        JsonView streams = intercept.object("streams");
        return Figures.plural(streams.number("opened"), "stream")
                + ", " + failures(streams)
                + ", " + Figures.bytes(streams.number("bytesToApp")) + " to the app, "
                + Figures.bytes(streams.number("bytesFromApp")) + " from it";
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
