package io.penstock.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.session.CarrierChoice;
import io.penstock.gateway.session.LinkAssignment;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Membership;
import io.penstock.gateway.session.Route;
import io.penstock.gateway.session.TlsTerms;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.LinkDoor;
import io.penstock.tunnel.tls.TlsReloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AssignedDoorTest {

    private static final String RELAY = "127.0.0.1:7070";

    @TempDir
    private Path directory;

    private Path tokenFile = Path.of("");
    private final FakeNames names = new FakeNames();
    private final CarrierMemory memory = new CarrierMemory(() -> 0);
    private final CarrierMeans means = new CarrierMeans(names.lookup(), new TlsBook(new TlsReloads()), memory);

    @BeforeEach
    void writeToken() throws IOException {
        tokenFile = Files.writeString(directory.resolve("token"), "the-managers-token");
    }

    private AssignedDoor door(String relay, boolean tls, Membership membership) {
        return new AssignedDoor(means, new LinkAssignment.Door(relay, new byte[] {7}, tls, Optional.of(membership)));
    }

    private Membership at(String url, Route route, CarrierChoice carrier) {
        ManagerRef manager = ManagerRef.parse(url, tokenFile.toString(), route).with(TlsTerms.DEFAULT, carrier);
        return new Membership(manager, "s-1", "127.0.0.1:9090");
    }

    private Membership relayed(CarrierChoice carrier) {
        return at("http://127.0.0.1:8080", Route.RELAY, carrier);
    }

    /** Opens, with whatever has to be looked up. */
    private CompletableFuture<LinkDoor.Opening> open(AssignedDoor door) {
        CompletableFuture<LinkDoor.Opening> opening = door.open().toCompletableFuture();
        names.answer();
        assertThat(opening).isDone();
        return opening;
    }

    private static Throwable failure(CompletableFuture<LinkDoor.Opening> opening) {
        Throwable thrown = opening.handle((opened, failure) -> failure).join();
        return Objects.requireNonNull(thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown);
    }

    private static TunnelException silence() {
        return new TunnelException("DIAL_FAILED", "nobody answered");
    }

    @Test
    void dialsTheRelayByTcp() {
        LinkDoor.Opening opening =
                open(door(RELAY, false, relayed(CarrierChoice.AUTO))).join();

        assertThat(opening.way()).hasToString("/127.0.0.1:7070");
    }

    @Test
    void readsTheTokenWhereLookUpsAreWaitedFor() throws IOException {
        Files.delete(tokenFile);
        CompletableFuture<LinkDoor.Opening> opening =
                door(RELAY, false, relayed(CarrierChoice.GRPC)).open().toCompletableFuture();
        assertThat(opening).isNotDone();

        Files.writeString(tokenFile, "a-newer-token");
        names.answer();

        assertThat(((CarrierWay.Call) opening.join().way()).bearer()).isEqualTo("a-newer-token");
    }

    @Test
    void saysThatThereIsNoToken() throws IOException {
        Files.delete(tokenFile);

        assertThat(failure(open(door(RELAY, false, relayed(CarrierChoice.GRPC)))))
                .hasMessageContaining("token file: " + tokenFile + " cannot be read");
    }

    @Test
    void saysThatTooManyWait() {
        names.full = true;

        assertThat(failure(open(door(RELAY, false, relayed(CarrierChoice.GRPC)))))
                .hasMessageContaining("token of http://127.0.0.1:8080: not begun, too many wait");
    }

    @Test
    void refusesACallInTheClearWhereTheRelayWantsTls() {
        assertThat(failure(open(door(RELAY, true, relayed(CarrierChoice.GRPC)))))
                .isInstanceOf(TunnelException.class)
                .hasMessage(
                        "carrier grpc to http://127.0.0.1:8080, and the relay wants TLS (expected: an https manager,"
                                + " or carrier tcp)");
    }

    @Test
    void staysWithTlsWhereACallWouldBeInTheClear() {
        AssignedDoor door = door(RELAY, true, relayed(CarrierChoice.AUTO));
        door.onDialled(open(door).join(), silence());
        assertThat(memory.prefersCalls(RELAY)).isTrue();

        assertThat(open(door).join().way()).hasToString("/127.0.0.1:7070 by TLS");
    }

    @Test
    void encryptsCallsOfAManagerThatIsReachedByHttps() {
        Membership encrypted = at("https://127.0.0.1:8443", Route.RELAY, CarrierChoice.GRPC);

        assertThat(open(door(RELAY, true, encrypted)).join().way()).hasToString("/127.0.0.1:9090 by gRPC and TLS");
    }

    @Test
    void callsWhereTcpReachesNobody() {
        AssignedDoor door = door(RELAY, false, relayed(CarrierChoice.AUTO));

        door.onDialled(open(door).join(), silence());
        LinkDoor.Opening call = open(door).join();
        assertThat(call.way()).hasToString("/127.0.0.1:9090 by gRPC");

        door.onDialled(call, null);
        assertThat(memory.inUse()).isEqualTo("grpc");
        assertThat(open(door).join().way()).hasToString("/127.0.0.1:9090 by gRPC");
    }

    @Test
    void callsWhereNobodyKnowsTheRelaysName() {
        AssignedDoor door = door("relay.cluster.local:7070", false, relayed(CarrierChoice.AUTO));

        assertThat(failure(open(door))).hasMessageContaining("relay.cluster.local:7070");

        assertThat(open(door).join().way()).hasToString("/127.0.0.1:9090 by gRPC");
    }

    @Test
    void countsADialForTheRelayThatWasDialled() {
        AssignedDoor door = door(RELAY, false, relayed(CarrierChoice.AUTO));
        LinkDoor.Opening opening = open(door).join();

        door.renew(new LinkAssignment.Door(
                "127.0.0.1:7071", new byte[] {8}, false, Optional.of(relayed(CarrierChoice.AUTO))));
        door.onDialled(opening, silence());

        assertThat(memory.prefersCalls(RELAY)).isTrue();
        assertThat(memory.prefersCalls("127.0.0.1:7071")).isFalse();
    }

    @Test
    void learnsNothingForThoseWhoHaveNoChoice() {
        for (Membership membership : new Membership[] {
            relayed(CarrierChoice.TCP), at("http://127.0.0.1:8080", Route.DIRECT, CarrierChoice.AUTO)
        }) {
            AssignedDoor door = door(RELAY, false, membership);
            door.onDialled(open(door).join(), silence());

            assertThat(memory.prefersCalls(RELAY)).isFalse();
            assertThat(open(door).join().way()).hasToString("/127.0.0.1:7070");
        }
    }
}
