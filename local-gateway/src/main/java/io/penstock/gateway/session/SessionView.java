package io.penstock.gateway.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The session at one moment.
 *
 * @param membership null while {@link SessionPhase#AWAY} or before the first answer
 * @param snapshot the newest good one
 * @param trouble why the control call is not up, for people; "" when it is
 * @param unheard for how long the control call that brought the snapshot has been gone; null while the manager is heard, and before
 *     it was
 *     <p><em>Immutable</em>.
 */
public record SessionView(
        SessionPhase phase,
        @Nullable Membership membership,
        ControlSnapshot snapshot,
        String trouble,
        @Nullable Duration unheard) {

    public static final SessionView AWAY = new SessionView(SessionPhase.AWAY, null, ControlSnapshot.NONE, "", null);
}
