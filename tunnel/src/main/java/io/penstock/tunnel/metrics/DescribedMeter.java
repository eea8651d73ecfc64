package io.penstock.tunnel.metrics;

import java.util.List;

/**
 * A constant of one of the services' meter catalogues.
 *
 * <p><em>Immutable</em>.
 */
public interface DescribedMeter {

    MeterDescription description();

    default String meterName() {
        return description().name();
    }

    default MeterKind kind() {
        return description().kind();
    }

    /** The base unit, or empty for plain numbers. */
    default String unit() {
        return description().unit();
    }

    default List<String> tags() {
        return description().tags();
    }

    default String meaning() {
        return description().meaning();
    }
}
