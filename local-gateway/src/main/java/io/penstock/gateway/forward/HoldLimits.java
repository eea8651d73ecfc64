package io.penstock.gateway.forward;

/**
 * How much may wait for one target to listen again, over all event loops. The stream that is too many is refused at once, as if
 * its hold were over.
 *
 * @param streams how many streams
 * @param bytes how many bytes of theirs; when those that wait send more, the newest of them are refused
 *     <p><em>Immutable</em>.
 */
public record HoldLimits(int streams, long bytes) {}
