package io.penstock.tunnel.testkit;

import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * All apps of one simulated run, at both ends, paired by stream.
 *
 * <p><em>Loop-confined</em>.
 */
final class SimulatedApps {

    private static final int MOST_AT_ONCE = 12;

    private final Random random;
    private final SimulationProfile profile;
    private final InMemoryLink link;
    private final CreditLedger ledger;
    private final List<SimulatedApp> apps = new ArrayList<>();
    private final Map<Integer, SimulatedApp> openers = new HashMap<>();
    private final Map<Integer, SimulatedApp> acceptors = new HashMap<>();
    private boolean cured;

    SimulatedApps(Random random, SimulationProfile profile, InMemoryLink link, CreditLedger ledger) {
        this.random = random;
        this.profile = profile;
        this.link = link;
        this.ledger = ledger;
        link.agent().service().onStream(this::acceptor);
        link.gateway().service().onStream(this::acceptor);
    }

    private StreamListener acceptor(Link owner, MuxStream stream) {
        SimulatedApp app = make(endOf(owner), stream, false);
        acceptors.put(stream.id(), app);
        SimulatedApp opener = openers.get(stream.id());
        if (opener != null) {
            opener.socket().faces(app.socket());
        }
        switch (random.nextInt(10)) {
            case 0 -> app.end(ResetCode.UNKNOWN_TARGET);
            case 1, 2, 3 -> app.socket().accept();
            default -> {
                // Later: the dial takes its time.
            }
        }
        return app.socket();
    }

    private LinkEnd endOf(Link owner) {
        return owner == link.agent().link() ? link.agent() : link.gateway();
    }

    private SimulatedApp make(LinkEnd end, MuxStream stream, boolean opener) {
        FakeSocket socket = new FakeSocket(stream, end.allocator(), opener);
        SimulatedApp app =
                new SimulatedApp(socket, random.nextInt(120_000), !cured && profile.dying() && random.nextInt(5) == 0);
        if (end == link.agent()) {
            ledger.addAgent(socket);
        } else {
            ledger.addGateway(socket);
        }
        apps.add(app);
        return app;
    }

    /** Opens a stream from a random end, unless there are many or the link takes none. */
    void open() {
        LinkEnd end = random.nextBoolean() ? link.agent() : link.gateway();
        if (end.link().streamCount() >= MOST_AT_ONCE) {
            return;
        }
        MuxStream stream = end.link().open(Frames.TARGET, new RecordingListener());
        if (stream != null) {
            SimulatedApp app = make(end, stream, true);
            // Nothing is said inside open, so the first listener hears nothing.
            stream.listen(app.socket());
            openers.put(stream.id(), app);
        }
    }

    /** One random app does one random thing. */
    void act() {
        if (!apps.isEmpty()) {
            // The young ones act most.
            int back = random.nextInt(Math.min(apps.size(), 2 * MOST_AT_ONCE));
            apps.get(apps.size() - 1 - back).act(random);
        }
    }

    void finish() {
        apps.forEach(SimulatedApp::finish);
    }

    /** Whether every stream has ended and every app has taken everything; those with a deaf app count only if asked. */
    boolean areDone(boolean deafToo) {
        return apps.stream()
                .allMatch(app -> app.isDone() || (!deafToo && (isDeaf(openers, app) || isDeaf(acceptors, app))));
    }

    private static boolean isDeaf(Map<Integer, SimulatedApp> side, SimulatedApp app) {
        SimulatedApp end = side.get(app.socket().stream().id());
        return end != null && end.isDeaf();
    }

    /** The deaf hear again, and none is born deaf from now on. */
    void cure() {
        cured = true;
        apps.forEach(SimulatedApp::cure);
    }

    /**
     * An app whose stream ended abruptly though neither end wanted that, or null.
     *
     * @param silenced whether a link was silent for so long that it gave up waiting for answers to its OPENs
     */
    @Nullable
    SimulatedApp findWronged(boolean silenced) {
        for (SimulatedApp app : apps) {
            int id = app.socket().stream().id();
            boolean wanted = isViolent(openers.get(id)) || isViolent(acceptors.get(id));
            boolean givenUp = silenced && app.socket().isCutFor(ResetCode.CANCELLED);
            if (!wanted && !givenUp && app.socket().isCut()) {
                return app;
            }
        }
        return null;
    }

    /** An app that holds a stream of which its opener was told that it reached nobody, or null: such bytes are sent again. */
    @Nullable
    SimulatedApp findTwiceServed() {
        for (SimulatedApp acceptor : acceptors.values()) {
            SimulatedApp opener = openers.get(acceptor.socket().stream().id());
            if (opener != null && !acceptor.isViolent() && isSaidToReachNobody(opener.socket())) {
                return acceptor;
            }
        }
        return null;
    }

    private boolean isSaidToReachNobody(FakeSocket opener) {
        CloseCause cause = opener.cause();
        LinkEnd end = opener.stream().id() % 2 == 1 ? link.agent() : link.gateway();
        return cause != null && (cause.code().reachedNobody() || !end.link().mayHaveReached(opener.stream()));
    }

    /** What is still open, for a failure's sentence. */
    List<String> unfinished() {
        return apps.stream()
                .filter(app -> !app.isDone())
                .map(app -> app.socket().describe() + (app.isDeaf() ? " (deaf)" : ""))
                .toList();
    }

    private static boolean isViolent(@Nullable SimulatedApp app) {
        return app != null && app.isViolent();
    }
}
