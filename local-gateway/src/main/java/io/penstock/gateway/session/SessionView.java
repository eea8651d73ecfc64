package io.penstock.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * The session at one moment.
 *
 * @param membership null while {@link SessionPhase#AWAY} or before the first answer
 * @param snapshot the newest good one
 * @param trouble why the control call is not up, for people; "" when it is
 *     <p><em>Immutable</em>.
 */
public record SessionView(
        SessionPhase phase, @Nullable Membership membership, ControlSnapshot snapshot, String trouble) {

    public static final SessionView AWAY = new SessionView(SessionPhase.AWAY, null, ControlSnapshot.NONE, "");
}
