package io.penstock.manager.api.grpc;

import io.penstock.api.control.v1.InterceptReport;
import io.penstock.api.control.v1.LinkReport;
import io.penstock.manager.intercept.InterceptId;
import io.penstock.manager.intercept.StreamCounts;
import io.penstock.manager.refusal.Check;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.report.InterceptFigure;
import io.penstock.manager.report.LinkCondition;
import io.penstock.manager.report.LinkFigure;
import io.penstock.manager.report.Report;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.LinkId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads reports. Lists are bounded, and codes that nobody knows become "OTHER", so that a peer cannot make series of its
 * own.
 *
 * <p><em>Immutable</em>.
 */
final class ReportCodec {
    private static final int MAX_ENTRIES = 8192;
    private static final String UNKNOWN_CODE = "OTHER";
    private static final Set<String> CODES =
            Arrays.stream(ResetCode.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private ReportCodec() {}

    static Report decode(io.penstock.api.control.v1.Report wire) {
        Check.within("report.links count", wire.getLinksCount(), 0, MAX_ENTRIES);
        Check.within("report.intercepts count", wire.getInterceptsCount(), 0, MAX_ENTRIES);
        Map<LinkId, LinkFigure> links = new HashMap<>();
        wire.getLinksList().forEach(link -> links.put(linkId(link), figure(link)));
        Map<InterceptId, InterceptFigure> intercepts = new HashMap<>();
        wire.getInterceptsList()
                .forEach(each -> intercepts.put(
                        new InterceptId(each.getInterceptId()), new InterceptFigure(each.getLive(), counts(each))));
        return new Report(new Report.Applied(wire.getEpoch(), wire.getRevision()), links, intercepts);
    }

    private static LinkId linkId(LinkReport link) {
        if (link.getLinkId().size() != LinkId.LENGTH) {
            throw Refusal.invalid("report.links.link_id", link.getLinkId().size() + " bytes", LinkId.LENGTH + " bytes");
        }
        return LinkId.of(link.getLinkId().toByteArray());
    }

    private static LinkFigure figure(LinkReport link) {
        LinkCondition condition = switch (link.getState()) {
            case LINK_STATE_CONNECTING, LINK_STATE_UNSPECIFIED, UNRECOGNIZED -> LinkCondition.CONNECTING;
            case LINK_STATE_OPEN -> LinkCondition.OPEN;
            case LINK_STATE_DRAINING -> LinkCondition.DRAINING;
            case LINK_STATE_RESUMING -> LinkCondition.RESUMING;
            case LINK_STATE_CLOSED -> LinkCondition.CLOSED;
        };
        return new LinkFigure(
                condition,
                printable(link.getCode()),
                link.getSaturation(),
                link.getRoundTripMicros(),
                Math.max(0, link.getSilentMillis()));
    }

    private static StreamCounts counts(InterceptReport each) {
        return new StreamCounts(
                each.getStreamsOpen(),
                each.getStreamsOpened(),
                byCode(each.getStreamsClosedMap()),
                byCode(each.getStreamsRefusedMap()),
                new StreamCounts.Bytes(each.getBytesToApp(), each.getBytesFromApp(), each.getFailedOpen()));
    }

    private static Map<String, Long> byCode(Map<String, Long> wire) {
        Map<String, Long> counts = new TreeMap<>();
        wire.forEach((code, count) -> counts.merge(CODES.contains(code) ? code : UNKNOWN_CODE, count, Long::sum));
        return counts;
    }

    /** A link's code goes into a log line: a relay's refusals have codes that are not reset codes. */
    private static String printable(String code) {
        return code.matches("[A-Z0-9_]{0,40}") ? code : UNKNOWN_CODE;
    }
}
