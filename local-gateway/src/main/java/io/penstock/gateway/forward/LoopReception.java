package io.penstock.gateway.forward;

import io.netty.channel.EventLoop;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.frame.ResetCode;
import io.penstock.tunnel.relay.Dialer;
import io.penstock.tunnel.relay.DialingStream;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Takes the streams of one event loop's links to their local targets, each target with a dialler of its own.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
final class LoopReception {

    private final EventLoop loop;
    private final Supplier<TargetTable> newest;
    private final DialTerms terms;
    private final Map<InetSocketAddress, Dialer> dialers = new HashMap<>();
    private TargetTable known = TargetTable.EMPTY;

    LoopReception(EventLoop loop, Supplier<TargetTable> newest, DialTerms terms) {
        this.loop = loop;
        this.newest = newest;
        this.terms = terms;
    }

    /** Begins to reach the stream's target; the returned listener keeps what comes meanwhile. */
    StreamListener receive(MuxStream stream) {
        DialingStream dialing = new DialingStream(stream);
        String intercept = stream.target().interceptId();
        int port = stream.target().capturePort();
        targets()
                .find(intercept, port)
                .ifPresentOrElse(
                        target -> reach(target, dialing, stream),
                        () -> refuse(
                                stream,
                                ResetCode.UNKNOWN_TARGET,
                                "intercept " + intercept + " port " + port + " is not served here"));
        return dialing;
    }

    private void reach(TargetTable.Target target, DialingStream dialing, MuxStream stream) {
        InetSocketAddress address = target.address();
        if (address != null) {
            dialing.begin(dialers.computeIfAbsent(address, this::dialer));
            return;
        }
        terms.events().failed(ResetCode.DIAL_FAILED);
        refuse(
                stream,
                ResetCode.DIAL_FAILED,
                "target: " + target.text()
                        + " has no address (expected: a name that the gateway's machine can look up)");
    }

    /** Later: the stream must know its listener before it ends. */
    private void refuse(MuxStream stream, ResetCode code, String sentence) {
        loop.execute(() -> stream.reset(CloseCause.byTunnel(code, sentence)));
    }

    private TargetTable targets() {
        TargetTable table = newest.get();
        if (table != known) {
            known = table;
            dialers.keySet().retainAll(table.addresses());
        }
        return table;
    }

    private Dialer dialer(InetSocketAddress address) {
        return new Dialer(loop, terms.channelType(), address, terms.policy(), terms.events());
    }
}
