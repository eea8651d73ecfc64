package io.penstock.manager.plane;

import io.penstock.manager.intercept.InterceptState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A peer that keeps what it is offered. */
final class FakeSubscriber implements Subscriber {
    private final List<Snapshot> offered = new ArrayList<>();
    private @Nullable Ending ending;

    @Override
    public void offer(Snapshot snapshot) {
        assert ending == null : "offered after the end";
        offered.add(snapshot);
    }

    @Override
    public void end(Ending why) {
        assert ending == null : "ended twice";
        ending = why;
    }

    Snapshot newest() {
        return offered.get(offered.size() - 1);
    }

    int count() {
        return offered.size();
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    List<InterceptState> states() {
        return newest().picture().rules().stream().map(Picture.Rule::shown).toList();
    }
}
