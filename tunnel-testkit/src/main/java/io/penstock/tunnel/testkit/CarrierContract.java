package io.penstock.tunnel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.link.LinkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * What every kind of carrier must do; a test class of each kind implements it and says how to make one.
 *
 * <p><em>Immutable</em>.
 */
public interface CarrierContract {

    /** Far more than any connection takes before it is no longer writable. */
    int ENOUGH = 256 * 1024 * 1024;

    CarrierRig rig();

    @Test
    default void deliversWhatWasWrittenInOrder() {
        try (CarrierRig rig = rig()) {
            rig.onLoop(() -> {
                rig.carrier().write(Unpooled.copiedBuffer(new byte[] {1, 2, 3}));
                rig.carrier().write(Unpooled.copiedBuffer(new byte[] {4}));
                rig.carrier().flush();
            });

            rig.await(() -> rig.peerReceived().length == 4);
            assertThat(rig.peerReceived()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    default void releasesWhatItHasTaken() {
        try (CarrierRig rig = rig()) {
            ByteBuf bytes = Unpooled.buffer().writeLong(7);

            rig.onLoop(() -> {
                rig.carrier().write(bytes);
                rig.carrier().flush();
            });

            rig.await(() -> bytes.refCnt() == 0);
        }
    }

    @Test
    default void handsBytesToItsLinkAndTakesTheAnswer() {
        try (CarrierRig rig = rig()) {
            rig.peerSends(bytesOf(Frames.bytes(Frames.ping(77))));

            byte[] pong = bytesOf(Frames.bytes(Frames.pong(77)));
            rig.await(() -> rig.peerReceived().length >= pong.length);
            assertThat(rig.peerReceived()).isEqualTo(pong);
        }
    }

    @Test
    default void isUnwritableWhileThePeerDoesNotReadAndWakesItsLinkAfterwards() {
        try (CarrierRig rig = rig()) {
            rig.peerReads(false);
            int written = fill(rig);

            rig.onLoop(() -> rig.link().open(Frames.TARGET, new RecordingListener()));
            rig.peerReads(true);

            int open = bytesOf(Frames.bytes(Frames.open(1))).length;
            rig.await(() -> rig.peerReceived().length == written + open);
            rig.onLoop(() -> assertThat(rig.carrier().isWritable()).isTrue());
        }
    }

    private static int fill(CarrierRig rig) {
        List<Integer> written = new ArrayList<>();
        for (boolean writable = true; writable; ) {
            rig.onLoop(() -> {
                while (rig.carrier().isWritable()) {
                    rig.carrier().write(Unpooled.wrappedBuffer(new byte[16 * 1024]));
                    written.add(16 * 1024);
                }
                rig.carrier().flush();
            });
            List<Boolean> answer = new ArrayList<>();
            rig.onLoop(() -> answer.add(rig.carrier().isWritable()));
            writable = answer.get(0);
            assertThat(written).as("buffers before unwritable").hasSizeLessThan(ENOUGH / (16 * 1024));
        }
        return written.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    default void readsNothingWhileItIsToldNotTo() {
        try (CarrierRig rig = rig()) {
            rig.onLoop(() -> rig.carrier().read(false));
            rig.peerSends(bytesOf(Frames.bytes(Frames.ping(1))));
            rig.onLoop(() -> assertThat(rig.peerReceived()).isEmpty());

            rig.onLoop(() -> rig.carrier().read(true));

            rig.await(() -> rig.peerReceived().length > 0);
        }
    }

    @Test
    default void tellsItsLinkThatThePeerHasGone() {
        try (CarrierRig rig = rig()) {
            rig.peerCloses();

            rig.await(() -> rig.linkClosed() != null);
            assertThat(rig.linkClosed()).extracting("code").isEqualTo(ResetCode.LINK_LOST);
            assertThat(rig.link().state()).isEqualTo(LinkState.CLOSED);
        }
    }

    @Test
    default void tellsItsLinkThatItWasCut() {
        try (CarrierRig rig = rig()) {
            rig.cut();

            rig.await(() -> rig.linkClosed() != null);
            assertThat(rig.linkClosed()).extracting("code").isEqualTo(ResetCode.LINK_LOST);
            rig.onLoop(() -> assertThat(rig.carrier().isWritable()).isFalse());
        }
    }

    @Test
    default void deliversWhatThePeerSaidBeforeItClosed() {
        try (CarrierRig rig = rig()) {
            rig.peerSends(bytesOf(Frames.bytes(Frames.open(2), Frames.close(ResetCode.SHUTDOWN, "over"))));
            rig.peerCloses();

            rig.await(() -> rig.linkClosed() != null);
            assertThat(rig.linkClosed()).extracting("code").isEqualTo(ResetCode.SHUTDOWN);
            rig.onLoop(() -> assertThat(rig.service().streams()).hasSize(1));
        }
    }

    @Test
    default void callsItsLinkOnItsOwnLoopOnly() {
        try (CarrierRig rig = rig()) {
            List<Boolean> onLoop = new CopyOnWriteArrayList<>();
            rig.onLoop(() -> {
                rig.service().onStream((link, stream) -> {
                    onLoop.add(rig.isOnLoop());
                    stream.accept();
                    return rig.service().record(stream);
                });
                rig.service().whenClosed(() -> onLoop.add(rig.isOnLoop()));
            });

            rig.peerSends(bytesOf(Frames.bytes(Frames.open(2))));
            rig.await(() -> onLoop.size() == 1);
            rig.peerCloses();

            rig.await(() -> rig.linkClosed() != null);
            assertThat(onLoop).containsExactly(true, true);
        }
    }

    @Test
    default void saysNothingMoreOnceItIsAbandoned() {
        try (CarrierRig rig = rig()) {
            rig.onLoop(rig.carrier()::abandon);

            rig.await(rig::peerSawEnd);
            assertThat(rig.linkClosed()).isNull();
        }
    }

    @Test
    default void movesBulkInOrder() {
        try (CarrierRig rig = rig()) {
            byte[] bulk = new byte[3_000_000];
            new Random(3).nextBytes(bulk);
            rig.onLoop(() -> {
                for (int at = 0; at < bulk.length; at += 10_000) {
                    rig.carrier().write(Unpooled.copiedBuffer(bulk, at, 10_000));
                }
                rig.carrier().flush();
            });

            rig.await(() -> rig.peerReceived().length == bulk.length);
            assertThat(rig.peerReceived()).isEqualTo(bulk);
        }
    }

    @Test
    default void closesAfterWhatIsQueued() {
        try (CarrierRig rig = rig()) {
            rig.onLoop(() -> {
                rig.carrier().write(Unpooled.wrappedBuffer(new byte[200_000]));
                rig.carrier().flush();
                rig.carrier().close();
            });

            rig.await(rig::peerSawEnd);
            assertThat(rig.peerReceived()).hasSize(200_000);
        }
    }

    @Test
    default void takesAndDropsWhatComesAfterTheEnd() {
        try (CarrierRig rig = rig()) {
            ByteBuf late = Unpooled.buffer().writeLong(7);
            rig.onLoop(() -> {
                rig.carrier().close();
                rig.carrier().close();
            });
            rig.await(rig::peerSawEnd);

            rig.onLoop(() -> {
                rig.carrier().write(late);
                rig.carrier().flush();
                rig.carrier().read(false);
                assertThat(rig.carrier().isWritable()).isFalse();
            });

            rig.await(() -> late.refCnt() == 0);
        }
    }

    private static byte[] bytesOf(ByteBuf bytes) {
        byte[] copy = ByteBufUtil.getBytes(bytes);
        bytes.release();
        return copy;
    }
}
