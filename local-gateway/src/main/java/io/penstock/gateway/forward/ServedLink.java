package io.penstock.gateway.forward;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.carrier.LinkInvitation;
import io.penstock.tunnel.carrier.LinkTender;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.Link;
import io.penstock.tunnel.link.LinkId;
import io.penstock.tunnel.link.LinkListener;
import io.penstock.tunnel.link.LinkSide;
import io.penstock.tunnel.link.LinkState;
import io.penstock.tunnel.link.LinkStats;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.CloseCause.Initiator;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import org.jspecify.annotations.Nullable;

/**
 * One link of this gateway from the dial to its end. Its state belongs to its event loop; calls from elsewhere hop there.
 *
 * <p><em>Thread-safe</em>.
 */
final class ServedLink implements LinkListener, LinkDialler.DialledLink {

    private final EventLoop loop;
    private final LoopReception reception;
    private final LinkDialler.Watcher watcher;
    private final AssignedDoor door;
    private volatile LinkStats counted = LinkStats.NONE;
    // The rest is touched on the loop only.
    private @Nullable Future<Link> dial;
    private @Nullable Link link;
    private @Nullable LinkTender tender;
    private boolean unwanted;

    ServedLink(EventLoop loop, LoopReception reception, LinkDialler.Watcher watcher, AssignedDoor door) {
        this.loop = loop;
        this.reception = reception;
        this.watcher = watcher;
        this.door = door;
    }

    /** Begins the dial on the loop, unless the link is no longer wanted. */
    void begin(LinkConnector connector, LinkDoor.Opening opening, LinkId id) {
        loop.execute(() -> {
            if (unwanted) {
                watcher.onClosed(ResetCode.CANCELLED.name(), "no longer wanted");
            } else {
                tender = new LinkTender(connector, door);
                LinkInvitation invitation = new LinkInvitation(id, LinkSide.GATEWAY, this);
                Future<Link> dialled = connector.dial(loop, opening, invitation);
                dial = dialled;
                dialled.addListener(done -> {
                    door.onDialled(opening, done.cause());
                    onDialled(dialled);
                });
            }
        });
    }

    /** The dial failed before it began. */
    void fail(String detail) {
        watcher.onClosed(ResetCode.DIAL_FAILED.name(), detail);
    }

    private void onDialled(Future<Link> dialled) {
        if (dialled.isSuccess()) {
            link = dialled.getNow();
            watcher.onOpen();
        } else {
            Throwable cause = dialled.cause();
            String code = cause instanceof TunnelException failure ? failure.code() : ResetCode.CANCELLED.name();
            watcher.onClosed(code, String.valueOf(cause.getMessage()));
        }
    }

    @Override
    public void drain() {
        loop.execute(() -> {
            unwanted = true;
            if (link != null) {
                link.leave();
            } else if (dial != null) {
                dial.cancel(false);
            }
        });
    }

    @Override
    public void renew(LinkAssignment.Door newer) {
        door.renew(newer);
    }

    @Override
    public void close() {
        loop.execute(() -> {
            unwanted = true;
            if (link != null) {
                link.close(CloseCause.ofLink(ResetCode.SHUTDOWN, Initiator.APPLICATION, "the gateway stops"));
            } else if (dial != null) {
                dial.cancel(false);
            }
        });
    }

    @Override
    public LinkStats stats() {
        loop.execute(() -> counted = link == null ? LinkStats.NONE : link.stats());
        return counted;
    }

    @Override
    public StreamListener onStream(Link of, MuxStream stream) {
        return reception.receive(of, stream);
    }

    @Override
    public void onCarrierWanted(Link of, String why) {
        if (of.state() == LinkState.RESUMING) {
            watcher.onResuming(why);
        }
        if (tender != null) {
            tender.wanted(of);
        }
    }

    @Override
    public void onResumed(Link of) {
        watcher.onOpen();
    }

    @Override
    public void onDraining(Link of) {
        watcher.onDraining();
    }

    @Override
    public void onClosed(Link of, CloseCause cause) {
        if (tender != null) {
            tender.stop();
        }
        watcher.onClosed(cause.code().name(), cause.detail());
    }
}
