package io.penstock.tunnel.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.tunnel.stream.MuxStream;
import org.junit.jupiter.api.Test;

final class CreditLedgerTest {

    private final InMemoryLink link = new InMemoryLink();
    private final CreditLedger ledger = new CreditLedger(link);

    private FakeSocket openSocket() {
        link.gateway().service().onStream((owner, stream) -> {
            stream.accept();
            return ledger.addGateway(new FakeSocket(stream, link.gateway().allocator(), false));
        });
        MuxStream stream = link.open(new RecordingListener());
        FakeSocket socket = ledger.addAgent(new FakeSocket(stream, link.agent().allocator(), true));
        stream.listen(socket);
        return socket;
    }

    @Test
    void balancesWhileBytesAreUnderWay() {
        FakeSocket socket = openSocket();
        socket.send(50_000);
        ledger.check();
        link.agent().loop().runReady();
        ledger.check();
        link.agent().carrier().deliver(20_000);

        assertThatCode(ledger::check).doesNotThrowAnyException();

        link.cut();
        link.pump();
    }

    @Test
    void seesMemoryThatNobodyAnswersFor() {
        openSocket();
        link.agent().budget().charge(1);

        assertThatThrownBy(ledger::check).hasMessageContaining("memory budget: 1 (expected: 0)");
    }

    @Test
    void seesMemoryThatWasReturnedTwice() {
        FakeSocket socket = openSocket();
        socket.send(100);
        link.agent().budget().release(1);

        assertThatThrownBy(ledger::check).hasMessageContaining("memory budget: 99 (expected: 100)");

        link.cut();
        link.pump();
    }

    @Test
    void seesCreditThatWasNeverGranted() {
        FakeSocket socket = openSocket();
        link.pump();
        socket.stream().onCredit(5);

        assertThatThrownBy(ledger::check).hasMessageContaining("credit 65541 (expected: 65536)");
    }

    @Test
    void seesABufferThatNobodyReleased() {
        link.agent().allocator().heapBuffer(1);

        assertThatThrownBy(ledger::checkAllReturned).hasMessageContaining("buffers that nobody released: 1");
    }
}
