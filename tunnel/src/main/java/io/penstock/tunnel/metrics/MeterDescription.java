package io.penstock.tunnel.metrics;

import java.util.List;

/**
 * What a catalogue says of one meter.
 *
 * @param name as registered; Prometheus shows it with "_" for ".", the unit, and "_total" for counters
 * @param unit the base unit, or empty for plain numbers
 * @param tags the names of its tags
 * @param meaning one sentence for {@code docs/metrics.md}
 *     <p><em>Immutable</em>.
 */
public record MeterDescription(String name, MeterKind kind, String unit, List<String> tags, String meaning) {

    public MeterDescription {
        tags = List.copyOf(tags);
    }
}
