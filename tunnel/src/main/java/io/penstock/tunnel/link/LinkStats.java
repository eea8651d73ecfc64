package io.penstock.tunnel.link;

/**
 * A link's numbers at one moment.
 *
 * @param streams open streams
 * @param queuedBytes bytes of all streams that wait to leave
 * @param creditBytes bytes that the peer lets this side send now, of all streams
 * @param windowBytes sum of all streams' receive window sizes
 * @param bufferedBytes bytes delivered to sockets here and not taken by them
 * @param unacknowledgedBytes bytes sent that the peer has not acknowledged
 * @param saturation 0 (nothing holds senders back) to 1 (nothing more may be sent): the larger of the share of streams
 *     with bytes that have no credit, and of unacknowledged bytes over their bound
 * @param roundTripNanos by the last PONG, smoothed; 0 before the first
 * @param silentNanos for how long nothing has come from the far end
 *     <p><em>Immutable</em>.
 */
public record LinkStats(
        int streams,
        long queuedBytes,
        long creditBytes,
        long windowBytes,
        long bufferedBytes,
        long unacknowledgedBytes,
        double saturation,
        long roundTripNanos,
        long silentNanos) {

    /** As reports say it: at least 1, because 0 says nothing. */
    public int silentMillis() {
        return (int) Math.max(1, Math.min(silentNanos / 1_000_000, Integer.MAX_VALUE));
    }

    /** Of a link that is not there. */
    public static final LinkStats NONE = new LinkStats(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
