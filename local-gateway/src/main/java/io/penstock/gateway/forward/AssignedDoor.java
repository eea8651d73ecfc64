package io.penstock.gateway.forward;

import io.penstock.gateway.session.LinkAssignment;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.KnownAddress;
import io.penstock.tunnel.carrier.LinkDoor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where a link's carriers are dialled: as the newest snapshot says.
 *
 * <p><em>Thread-safe</em>.
 */
final class AssignedDoor implements LinkDoor {

    private final KnownAddress address;
    private final TlsBook tls;
    private volatile LinkAssignment.Door door;

    AssignedDoor(AddressLookup lookup, TlsBook tls, LinkAssignment.Door door) {
        this.tls = tls;
        this.address = new KnownAddress(text -> find(lookup, text));
        this.door = door;
    }

    void renew(LinkAssignment.Door newer) {
        door = newer;
    }

    @Override
    public CompletionStage<Opening> open() {
        LinkAssignment.Door now = door;
        return address.find(now.address())
                .thenApply(found ->
                        new Opening(new CarrierWay.Socket(found, now.tls().map(tls::of)), now.joinToken()));
    }

    private static CompletionStage<InetSocketAddress> find(AddressLookup lookup, String text) {
        return HostPort.parse(text)
                .map(parsed -> lookup.find(parsed).thenApply(found -> first(text, found)))
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
        return new TunnelException("DIAL_FAILED", sentence);
    }
}
