package io.penstock.manager.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one end sees a link.
 *
 * <p><em>Immutable</em>.
 *
 * @param code a reset code's name when CLOSED
 * @param saturation credit outstanding over window, 0 to 1
 * @param roundTripMicros 0 before the first answered PING
 * @param silentMillis for how long nothing had come from the far end; 0 when the end does not say
 */
public record LinkFigure(
        LinkCondition condition, String code, double saturation, long roundTripMicros, int silentMillis) {

    public LinkFigure {
        saturation = saturation > 0 ? Math.min(saturation, 1) : 0;
    }

    /** When the far end was heard last, before {@code now}, if this proves that it was; figures may be as old as one interval. */
    public Optional<Instant> heard(Instant now, Duration interval) {
        return condition == LinkCondition.OPEN && silentMillis > 0
                ? Optional.of(now.minusMillis(silentMillis).minus(interval))
                : Optional.empty();
    }
}
