package io.penstock.gateway.forward;

/**
 * How much may wait for one target to listen again, over all event loops. The stream that is too many is refused at once, as if
 * its hold were over.
 *
 * @param streams how many streams
 * @param bytes how many bytes of theirs; the stream that brings what is too much, be it one that waits already, is refused, and the
 *     others wait on
 *     <p><em>Immutable</em>.
 */
public record HoldLimits(int streams, long bytes) {}
