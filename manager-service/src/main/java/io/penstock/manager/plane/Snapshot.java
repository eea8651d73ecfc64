package io.penstock.manager.plane;

/**
 * A picture with its place in the manager's life.
 *
 * <p><em>Immutable</em>.
 *
 * @param epoch changes with each start of the manager
 * @param revision grows within an epoch
 */
public record Snapshot(String epoch, long revision, Picture picture) {}
