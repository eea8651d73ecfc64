package io.penstock.tunnel.carrier;

import io.netty.util.concurrent.Future;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkState;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one link on a carrier: dials another whenever the link wants one, and goes on until it has one or has ended.
 *
 * <pre>
 *            wanted           door found          failed                  wait over, still wanted
 *  RESTING --------> LOOKING ------------> DIALLING ------> WAITING ----------------------------> LOOKING
 *     ^                 |  cannot be found    |                ^  |
 *     |                 '---------------------)----------------'  |
 *     '------------- no longer wanted --------'-------------------'
 * </pre>
 *
 * <p><em>Loop-confined</em>, to the link's loop.
 */
@LoopConfined
public final class LinkTender {

    private static final Logger log = LoggerFactory.getLogger(LinkTender.class);

    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Short, so that a link is back within a second of the network. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final LinkConnector connector;
    private final LinkDoor door;
    private @Nullable Future<Link> dialling;
    private boolean busy;
    private int failures;

    public LinkTender(LinkConnector connector, LinkDoor door) {
        this.connector = connector;
        this.door = door;
    }

    /** The link wants a carrier; more than one such call while it does changes nothing. */
    public void wanted(Link link) {
        link.loop().assertInLoop();
        if (!busy) {
            busy = true;
            failures = 0;
            look(link);
        }
    }

    private void look(Link link) {
        if (!link.wantsCarrier()) {
            busy = false;
            return;
        }
        door.open()
                .whenComplete((opening, failure) -> link.loop().execute(() -> {
                    if (opening == null) {
                        failed(link, failure);
                    } else {
                        dial(link, opening);
                    }
                }));
    }

    private void dial(Link link, LinkDoor.Opening opening) {
        if (!link.wantsCarrier()) {
            busy = false;
            return;
        }
        Future<Link> dial = connector.resume(link, opening);
        dialling = dial;
        dial.addListener(done -> {
            door.onDialled(opening, done.cause());
            if (done.isSuccess()) {
                // Wanted again at once if a newer attempt of the far end took its place, or it broke meanwhile.
                look(link);
            } else {
                failed(link, done.cause());
            }
        });
    }

    /** The link is over: what is being dialled for it must meet nobody. */
    public void stop() {
        if (dialling != null) {
            dialling.cancel(false);
        }
    }

    private void failed(Link link, @Nullable Throwable cause) {
        failures++;
        long doubled = FIRST_WAIT_NANOS << Math.min(failures - 1, 10);
        long wait = Math.min(doubled, LONGEST_WAIT_NANOS);
        // Both ends lost the same carrier at the same time: they need not come back in step.
        long jittered = wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
        if (link.state() == LinkState.RESUMING) {
            log.debug("link {}: dial {} failed: {}", link.id(), failures, String.valueOf(cause));
        }
        link.loop().schedule(() -> look(link), jittered);
    }
}
