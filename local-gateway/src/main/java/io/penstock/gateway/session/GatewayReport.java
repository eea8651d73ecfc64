package io.penstock.gateway.session;

import io.penstock.tunnel.link.LinkId;
import java.util.List;
import java.util.Map;

/**
 * What the manager hears of this gateway.
 *
 * <p><em>Immutable</em>.
 */
public record GatewayReport(String epoch, long revision, Figures figures) {

    /** Every link and intercept of the newest snapshot. <em>Immutable</em>. */
    public record Figures(List<LinkFigure> links, List<InterceptFigure> intercepts) {
        public static final Figures NONE = new Figures(List.of(), List.of());

        public Figures {
            links = List.copyOf(links);
            intercepts = List.copyOf(intercepts);
        }
    }

    /**
     * One link as this end sees it.
     *
     * @param code a reset code's name once CLOSED, otherwise ""
     *     <p><em>Immutable</em>.
     */
    public record LinkFigure(
            LinkId id, LinkCondition condition, String code, String detail, double saturation, Liveness liveness) {}

    /** The last round trip, and for how long nothing has come: 1 or more. <em>Immutable</em>. */
    public record Liveness(long roundTripMicros, int silentMillis) {}

    /** Where a link stands at this end. <em>Immutable</em>. */
    public enum LinkCondition {
        CONNECTING,
        OPEN,
        RESUMING,
        DRAINING,
        CLOSED
    }

    /**
     * Counters of one intercept since the gateway first saw it.
     *
     * @param live whether every target has an address
     * @param streamsClosed by reset code name, a clean end being NONE
     * @param streamsRefused by reset code name: those that reached no app
     * @param held streams that wait now for a target that refuses connections
     *     <p><em>Immutable</em>.
     */
    public record InterceptFigure(
            String id,
            boolean live,
            long streamsOpened,
            Map<String, Long> streamsClosed,
            Map<String, Long> streamsRefused,
            Traffic traffic,
            long held) {

        /** Streams that are open now: those that were opened less those that ended. */
        public long streamsOpen() {
            return streamsOpened - sum(streamsClosed) - sum(streamsRefused);
        }

        /** Streams that did not end cleanly, or never began. */
        public long streamsFailed() {
            return sum(streamsClosed) - streamsClosed.getOrDefault("NONE", 0L) + sum(streamsRefused);
        }

        private static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Payload bytes, towards the developer's app and back. <em>Immutable</em>. */
    public record Traffic(long bytesToApp, long bytesFromApp) {}
}
