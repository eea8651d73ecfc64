/**
 * The control plane: the one owner of sessions, agents, intercepts and links, and the snapshots that it hands out.
 * Depends on the features; knows neither gRPC nor REST.
 *
 * <p><b>Owner.</b> Everything here and in the registries belongs to one thread, the control loop. REST handlers and gRPC
 * callbacks enter by {@link io.penstock.manager.plane.ControlLoop}; they get immutable values back. There are no locks.
 *
 * <p><b>Levels, not edges.</b> Each entry changes one fact (a call began or ended, a report came, an intercept was asked
 * for, time passed) and then {@link io.penstock.manager.plane.Settlement} works everything out anew: leases, the state of
 * each intercept, the links, and each peer's picture. A picture that differs from the last one offered is offered.
 *
 * <p><b>Interleavings</b> that were thought through, each of them a test:
 * <ol>
 *   <li>A second Attach of the same id, then the end of the first call: the end names its own subscriber, which has lost
 *       its seat, and changes nothing. The same holds for its late reports.
 *   <li>An agent's report of the time before it heard that a gateway is lost, or back, or that an intercept drains: it
 *       carries the revision it had applied, and what it says about an intercept counts from the revision on with which
 *       the agent was told what to do now ({@code permitRevision}).
 *   <li>Both ends report the same link CLOSED: the second names an id that is no longer current.
 *   <li>An agent comes back to a new manager: its reports carry another epoch and prove nothing about this one's rules.
 *   <li>A peer that does not read: only its newest snapshot waits; what it skips it never needed.
 *   <li>The machine slept, or the loop stood still: the steady time advances by at most a second a tick, so nobody's lease
 *       runs out before it had a chance to be heard.
 * </ol>
 */
@NullMarked
package io.penstock.manager.plane;

import org.jspecify.annotations.NullMarked;
