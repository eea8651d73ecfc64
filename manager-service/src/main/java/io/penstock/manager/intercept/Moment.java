package io.penstock.manager.intercept;

import java.time.Instant;

/**
 * When something happens, on the three scales that matter.
 *
 * <p><em>Immutable</em>.
 *
 * @param wall for people
 * @param steady for deadlines; does not count time in which the manager stood still
 * @param revision the snapshot revision that will carry the change
 */
public record Moment(Instant wall, Instant steady, long revision) {}
