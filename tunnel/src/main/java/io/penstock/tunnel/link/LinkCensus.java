package io.penstock.tunnel.link;

import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.stream.MuxStream;
import java.util.List;

/**
 * The count of a link's bytes and credit, made only when somebody asks.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class LinkCensus {

    private int starved;
    private int sending;
    private long queued;
    private long credit;
    private long window;
    private long buffered;

    private LinkCensus() {}

    static LinkStats count(List<MuxStream> streams, NumberedBytes bytes, LinkPulse pulse) {
        LinkCensus census = new LinkCensus();
        streams.forEach(census::add);
        return new LinkStats(
                streams.size(),
                census.queued,
                census.credit,
                census.window,
                census.buffered,
                bytes.unacknowledged(),
                Math.min(1, Math.max(bytes.fullness(), census.starvedShare())),
                pulse.roundTripNanos(),
                pulse.silentNanos());
    }

    private void add(MuxStream stream) {
        queued += stream.queued();
        credit += stream.sendCredit();
        window += stream.receiving().size();
        buffered += stream.receiving().buffered();
        sending += stream.queued() > 0 ? 1 : 0;
        starved += stream.queued() > 0 && stream.sendCredit() == 0 ? 1 : 0;
    }

    private double starvedShare() {
        return sending == 0 ? 0 : (double) starved / sending;
    }
}
