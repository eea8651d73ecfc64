package io.penstock.gateway.forward;

import io.penstock.gateway.session.LinkAssignment;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.carrier.LinkDoor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where a link's carriers are dialled: as the newest snapshot says, looked up anew each time.
 *
 * <p><em>Thread-safe</em>.
 */
final class AssignedDoor implements LinkDoor {

    private final AddressLookup lookup;
    private volatile LinkAssignment.Door door;

    AssignedDoor(AddressLookup lookup, LinkAssignment.Door door) {
        this.lookup = lookup;
        this.door = door;
    }

    void renew(LinkAssignment.Door newer) {
        door = newer;
    }

    @Override
    public CompletionStage<Opening> open() {
        LinkAssignment.Door now = door;
        return find(now.address()).thenApply(found -> new Opening(found, now.joinToken()));
    }

    private CompletionStage<InetSocketAddress> find(String text) {
        return HostPort.parse(text)
                .map(address -> lookup.find(address).thenApply(found -> first(text, found)))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        failure("'" + text + "' (expected: " + HostPort.EXPECTATION + ")")));
    }

    private static InetSocketAddress first(String text, List<InetSocketAddress> found) {
        if (found.isEmpty()) {
            throw failure(text + " (expected: a host with an address)");
        }
        return found.get(0);
    }

    private static TunnelException failure(String sentence) {
        return new TunnelException("DIAL_FAILED", "link address: " + sentence);
    }
}
