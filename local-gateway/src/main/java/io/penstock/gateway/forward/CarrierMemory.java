package io.penstock.gateway.forward;

import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.CarrierWay;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kind of carrier has worked, for those who chose "auto".
 *
 * <pre>
 *               TCP works    TCP cannot be reached     gRPC works    gRPC cannot be reached     5 min are over
 * TCP FIRST     TCP FIRST    GRPC FIRST for 5 min      -             -                          -
 * GRPC FIRST    TCP FIRST    GRPC FIRST for 5 min      GRPC FIRST    TCP FIRST                  TCP FIRST
 * </pre>
 *
 * A relay that answers has been reached, whatever it says; and a certificate that is not trusted is to be mended, not avoided.
 *
 * <p><em>Thread-safe</em>: loops tell of their dials, and ask, in any order.
 */
final class CarrierMemory {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierMemory.class);
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** Nobody answered, or somebody who is no relay. */
    private static final Set<String> UNREACHED = Set.of("DIAL_FAILED", "LINK_LOST", "PROTOCOL_ERROR");

    private final LongSupplier nanoTime;
    private boolean callsFirst;
    private long until;
    private String inUse = "";

    CarrierMemory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a call is to be tried rather than TCP. */
    synchronized boolean prefersCalls() {
        if (callsFirst && nanoTime.getAsLong() - until >= 0) {
            callsFirst = false;
        }
        return callsFirst;
    }

    /** What the newest carrier that came runs on: "tcp", "tls" or "grpc"; "" before the first. */
    synchronized String inUse() {
        return inUse;
    }

    /** A dial has ended, well when there is no failure. */
    synchronized void note(CarrierWay way, @Nullable Throwable failure) {
        boolean isCall = way instanceof CarrierWay.Call;
        if (failure == null) {
            callsFirst = isCall && callsFirst;
            use(way);
        } else if (isUnreached(failure)) {
            if (!isCall && !callsFirst) {
                LOG.info(
                        "relay {}: {}; gRPC is tried for the next 5 min where carriers are chosen",
                        way,
                        failure.getMessage());
            }
            callsFirst = !isCall;
            until = nanoTime.getAsLong() + REMEMBERED_NANOS;
        }
    }

    private void use(CarrierWay way) {
        String now = CarrierKind.of(way).word();
        if (!now.equals(inUse)) {
            LOG.info("links run on {} ({})", now, way);
            inUse = now;
        }
    }

    private static boolean isUnreached(Throwable failure) {
        return failure instanceof TunnelException known
                && (UNREACHED.contains(known.code()) || known.code().startsWith("REFUSED_"));
    }
}
