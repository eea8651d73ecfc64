package io.penstock.tunnel.carrier;

/**
 * Two carriers that are joined. Bytes go both ways untouched until one of these ends it, and its owner is told once:
 *
 * <ol>
 *   <li>Both sides have half-closed: both are closed, cleanly.
 *   <li>One side is reset or fails: the other is reset.
 *   <li>{@link #reset}: both are reset.
 * </ol>
 *
 * <p><em>Thread-safe</em>.
 */
interface CarrierSplice {
    void reset();
}
