package io.penstock.manager.intercept;

import java.util.Map;
import java.util.TreeMap;

/**
 * The stream and byte counters of one intercept.
 *
 * <p><em>Immutable</em>.
 *
 * @param closed by reset code name, "NONE" for a clean end
 * @param refused before a stream was of use, by reset code name
 */
public record StreamCounts(long open, long opened, Map<String, Long> closed, Map<String, Long> refused, Bytes bytes) {

    /** Payload bytes, and the connections that went to the original app although the rule was live. */
    public record Bytes(long toApp, long fromApp, long failedOpen) {}

    public static final StreamCounts ZERO = new StreamCounts(0, 0, Map.of(), Map.of(), new Bytes(0, 0, 0));

    public StreamCounts {
        closed = Map.copyOf(closed);
        refused = Map.copyOf(refused);
    }

    /** The same with no stream open: what remains to be counted of an end that is gone. */
    StreamCounts over() {
        return new StreamCounts(0, opened, closed, refused, bytes);
    }

    StreamCounts plus(StreamCounts other) {
        var sum = new Bytes(
                bytes.toApp + other.bytes.toApp,
                bytes.fromApp + other.bytes.fromApp,
                bytes.failedOpen + other.bytes.failedOpen);
        return new StreamCounts(
                open + other.open,
                opened + other.opened,
                merged(closed, other.closed),
                merged(refused, other.refused),
                sum);
    }

    private static Map<String, Long> merged(Map<String, Long> one, Map<String, Long> two) {
        var sum = new TreeMap<>(one);
        two.forEach((code, count) -> sum.merge(code, count, Long::sum));
        return sum;
    }
}
