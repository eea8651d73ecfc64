package io.penstock.manager.report;

/**
 * Where one end sees a link.
 *
 * <p><em>Immutable</em>.
 *
 * @param code a reset code's name when CLOSED
 * @param saturation credit outstanding over window, 0 to 1
 * @param roundTripMicros 0 before the first answered PING
 */
public record LinkFigure(LinkCondition condition, String code, double saturation, long roundTripMicros) {

    public LinkFigure {
        saturation = saturation > 0 ? Math.min(saturation, 1) : 0;
    }
}
