package io.penstock.gateway.forward;

import io.penstock.gateway.session.CarrierChoice;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.Route;
import io.penstock.gateway.session.TlsTerms;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.KnownAddress;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.tls.ClientTls;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where a link's carriers are dialled: as the newest snapshot says.
 *
 * <p><em>Thread-safe</em>; a link asks for one opening at a time, and tells how it ended before it asks for the next.
 */
final class AssignedDoor implements LinkDoor {

    private final KnownAddress address;
    private final KnownAddress callAddress;
    private final CarrierMeans means;
    private volatile LinkAssignment.Door door;
    private volatile LinkAssignment.Door asked;

    AssignedDoor(CarrierMeans means, LinkAssignment.Door door) {
        this.means = means;
        this.callAddress = new KnownAddress(text -> find(means.lookup(), text));
        this.address = new KnownAddress(text -> find(means.lookup(), text));
        this.door = door;
        this.asked = door;
    }

    void renew(LinkAssignment.Door newer) {
        door = newer;
    }

    @Override
    public CompletionStage<Opening> open() {
        LinkAssignment.Door now = door;
        asked = now;
        Optional<Membership> caller = now.membership().filter(at -> calls(at, now.address()));
        if (caller.isEmpty()) {
            return socket(now);
        }
        if (!now.isTls() || encrypts(caller.get())) {
            return call(now, caller.get());
        }
        return caller.get().manager().carrier() == CarrierChoice.AUTO
                ? socket(now)
                : CompletableFuture.failedFuture(
                        failure("carrier grpc to " + caller.get().manager().url()
                                + ", and the relay wants TLS (expected: an https manager, or carrier tcp)"));
    }

    /** Agents' link ports are dialled by TCP always. */
    private boolean calls(Membership membership, String relay) {
        ManagerRef manager = membership.manager();
        return manager.route() == Route.RELAY
                && (manager.carrier() == CarrierChoice.GRPC
                        || (manager.carrier() == CarrierChoice.AUTO
                                && means.memory().prefersCalls(relay)));
    }

    /** A relay without an address is not reached either: outside of a cluster nobody may know its name. */
    private CompletionStage<Opening> socket(LinkAssignment.Door now) {
        return address.find(now.address())
                .whenComplete((found, failure) -> {
                    if (failure != null) {
                        note(now, false, failure);
                    }
                })
                .thenApply(found ->
                        new Opening(new CarrierWay.Socket(found, tls(now.isTls(), now.membership())), now.joinToken()));
    }

    /** The manager's gRPC is spoken to as the control calls do it. The token is read from its file, which a loop must not wait for. */
    private CompletionStage<Opening> call(LinkAssignment.Door now, Membership membership) {
        ManagerRef manager = membership.manager();
        return callAddress
                .find(membership.control())
                .thenCombine(
                        means.lookup().ask("token of " + manager.url(), manager::token),
                        (found, token) -> new Opening(
                                new CarrierWay.Call(found, tls(encrypts(membership), Optional.of(membership)), token),
                                now.joinToken()))
                .whenComplete((opening, failure) -> {
                    if (failure != null) {
                        // Whatever it was, calls do not get through: TCP may.
                        note(now, true, failure(String.valueOf(failure.getMessage())));
                    }
                });
    }

    private static boolean encrypts(Membership membership) {
        return "https".equals(membership.manager().url().getScheme());
    }

    private Optional<ClientTls> tls(boolean spoken, Optional<Membership> membership) {
        TlsTerms terms = membership.map(at -> at.manager().tls()).orElse(TlsTerms.DEFAULT);
        return spoken ? Optional.of(means.tls().of(terms)) : Optional.empty();
    }

    @Override
    public void onDialled(Opening opening, @Nullable Throwable failure) {
        note(asked, opening.way() instanceof CarrierWay.Call, failure);
        if (failure == null) {
            means.memory().use(opening.way());
        }
    }

    private void note(LinkAssignment.Door dialled, boolean byCall, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (dialled.membership().filter(AssignedDoor::chooses).isPresent()) {
            means.memory().note(dialled.address(), byCall, cause);
        }
    }

    private static boolean chooses(Membership membership) {
        ManagerRef manager = membership.manager();
        return manager.route() == Route.RELAY && manager.carrier() == CarrierChoice.AUTO;
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
