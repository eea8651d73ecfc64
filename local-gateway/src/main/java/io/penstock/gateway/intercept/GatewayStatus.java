package io.penstock.gateway.intercept;

import io.penstock.gateway.forward.LinkKeeper.LinkTotals;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.SessionPhase;
import io.penstock.gateway.session.SessionView;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gateway at one moment; the JSON of the local REST.
 *
 * @param intercepts how many there are, draining ones included
 * @param dialQueue streams that wait for their dial to begin
 * @param held streams that wait for a target that refuses connections
 *     <p><em>Immutable</em>.
 */
public record GatewayStatus(
        Manager manager,
        int intercepts,
        Links links,
        InterceptView.Streams streams,
        long dialQueue,
        long held,
        Memory memory) {

    /**
     * The manager that the gateway is with.
     *
     * @param url "" while it is with none
     * @param trouble why the control call is not up; "" when it is
     * @param unheardSeconds for how long nothing that the manager says of intercepts has been confirmed; null while it is heard
     *     <p><em>Immutable</em>.
     */
    public record Manager(
            String url,
            String route,
            String session,
            String phase,
            String trouble,
            @Nullable Long unheardSeconds) {
        static Manager of(SessionView view) {
            Membership membership = view.membership();
            Duration unheard = view.unheard();
            return membership == null
                    ? new Manager("", "", "", view.phase().name(), view.trouble(), null)
                    : new Manager(
                            membership.manager().url().toString(),
                            membership.manager().route().name(),
                            membership.sessionId(),
                            view.phase().name(),
                            view.trouble(),
                            unheard == null ? null : unheard.toSeconds());
        }
    }

    /** All links together, and what the newest carrier runs on. <em>Immutable</em>. */
    public record Links(
            int listed, int open, int draining, int relayed, double saturation, long roundTripMicros, String carrier) {
        static Links of(LinkTotals totals) {
            return new Links(
                    totals.listed(),
                    totals.open(),
                    totals.draining(),
                    totals.relayed(),
                    totals.saturation(),
                    TimeUnit.NANOSECONDS.toMicros(totals.roundTripNanos()),
                    totals.carrier());
        }
    }

    /** Bytes held for all links, and how many there may be. <em>Immutable</em>. */
    public record Memory(long used, long limit) {}

    public boolean isAttached() {
        return manager.phase().equals(SessionPhase.ATTACHED.name());
    }
}
