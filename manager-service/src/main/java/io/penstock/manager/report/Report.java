package io.penstock.manager.report;

import io.penstock.manager.intercept.InterceptId;
import io.penstock.tunnel.link.LinkId;
import java.util.Map;

/**
 * What one end says about itself, as a whole: what it leaves out does not exist there.
 *
 * <p><em>Immutable</em>.
 *
 * @param applied the newest snapshot that the end had applied
 */
public record Report(Applied applied, Map<LinkId, LinkFigure> links, Map<InterceptId, InterceptFigure> intercepts) {

    /** A snapshot's identity. */
    public record Applied(String epoch, long revision) {}

    /** Of an end that has said nothing yet. */
    public static final Report NOTHING = new Report(new Applied("", -1), Map.of(), Map.of());

    public Report {
        links = Map.copyOf(links);
        intercepts = Map.copyOf(intercepts);
    }

    /** Whether the end had applied this revision, or a newer one, of this epoch. */
    public boolean hasApplied(String epoch, long revision) {
        return applied.epoch().equals(epoch) && applied.revision() >= revision;
    }

    public boolean isLive(InterceptId id) {
        InterceptFigure figure = intercepts.get(id);
        return figure != null && figure.live();
    }

    public long streamsOpen(InterceptId id) {
        InterceptFigure figure = intercepts.get(id);
        return figure == null ? 0 : figure.counts().open();
    }
}
