package io.penstock.gateway.session;

/**
 * How much an intercept may carry through this gateway.
 *
 * @param maxStreams open at once; 0 is no limit
 * @param bytesPerSecond both ways together; 0 is no limit
 *     <p><em>Immutable</em>.
 */
public record TrafficLimits(int maxStreams, long bytesPerSecond) {

    public static final TrafficLimits NONE = new TrafficLimits(0, 0);

    public TrafficLimits {
        if (maxStreams < 0 || bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "limits: " + maxStreams + " streams, " + bytesPerSecond + " bytes/s (expected: >= 0)");
        }
    }
}
