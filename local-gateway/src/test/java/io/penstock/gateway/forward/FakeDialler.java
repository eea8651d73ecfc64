package io.penstock.gateway.forward;

import io.penstock.gateway.session.LinkAssignment;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkStats;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Links that the test opens and closes. <em>Loop-confined</em> to the test's thread. */
final class FakeDialler implements LinkDialler {

    private final Map<LinkId, FakeLink> links = new HashMap<>();
    int dials;

    @Override
    public DialledLink dial(LinkAssignment assignment, Watcher watcher) {
        dials++;
        FakeLink link = new FakeLink(watcher);
        links.put(assignment.id(), link);
        return link;
    }

    FakeLink link(LinkAssignment assignment) {
        return Objects.requireNonNull(links.get(assignment.id()));
    }

    /** One link. Loop-confined. */
    static final class FakeLink implements DialledLink {
        final Watcher watcher;
        boolean drained;
        boolean closed;
        LinkAssignment.@Nullable Door door;

        FakeLink(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void drain() {
            drained = true;
        }

        @Override
        public void renew(LinkAssignment.Door next) {
            door = next;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public LinkStats stats() {
            return new LinkStats(1, 0, 0, 0, 0, 0, 0.5, 2_000_000, 3_000_000);
        }
    }
}
