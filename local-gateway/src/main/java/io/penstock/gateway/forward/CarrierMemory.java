package io.penstock.gateway.forward;

import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.CarrierWay;
import io.penstock.tunnel.carrier.JoinRefusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kind of carrier has reached which relay, for those who chose "auto", and what the newest carrier runs on.
 *
 * <pre>
 * how a dial ended                                                               counts as
 * well                                                                           reached
 * DIAL_FAILED: no address, no connection, or nothing came on it                  not reached
 * REFUSED_n: an answer that is no relay's                                        not reached
 * CERTIFICATE_REQUIRED: a relay that takes no calls                              not reached
 * any other answer to the JOIN, and whatever went wrong behind a good one        reached
 * TLS_FAILED, TLS_FILES: a certificate is to be mended, not avoided              nothing
 * not begun, or ended by us                                                      nothing
 * </pre>
 *
 * What follows from it is {@link RelayMemory}'s.
 *
 * <p><em>Thread-safe</em>: loops tell of their dials, and ask, in any order.
 */
final class CarrierMemory {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierMemory.class);

    /** Of more relays than that the longest unused is forgotten. */
    private static final int RELAYS = 64;

    private static final Set<String> UNREACHED = Set.of("DIAL_FAILED", JoinRefusal.CERTIFICATE_REQUIRED.name());
    private static final Set<String> TO_BE_MENDED = Set.of("TLS_FAILED", "TLS_FILES");

    private final LongSupplier nanoTime;
    private final Map<String, RelayMemory> relays = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RelayMemory> eldest) {
            return size() > RELAYS;
        }
    };
    private String inUse = "";

    CarrierMemory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a call is to be tried rather than TCP, to reach the relay of that address. */
    synchronized boolean prefersCalls(String relay) {
        return of(relay).at(nanoTime.getAsLong()) == RelayMemory.State.CALLS_FIRST;
    }

    /** What the newest carrier that came runs on: "tcp", "tls" or "grpc"; "" before the first. */
    synchronized String inUse() {
        return inUse;
    }

    /** A dial to the relay of that address has ended, well when there is no failure. */
    synchronized void note(String relay, boolean byCall, @Nullable Throwable failure) {
        RelayMemory memory = of(relay);
        long now = nanoTime.getAsLong();
        String code = failure instanceof TunnelException known ? known.code() : "";
        if (UNREACHED.contains(code) || code.startsWith("REFUSED_")) {
            boolean firstNews = !byCall && memory.at(now) == RelayMemory.State.TCP_FIRST;
            memory.unreached(byCall, now);
            if (firstNews) {
                LOG.info("relay {} not reached by TCP, gRPC is tried: {}", relay, String.valueOf(failure));
            }
        } else if (failure == null || (!code.isEmpty() && !TO_BE_MENDED.contains(code))) {
            memory.reached(byCall, now);
        }
    }

    /** A carrier has come that way. */
    synchronized void use(CarrierWay way) {
        String now = CarrierKind.of(way).word();
        if (!now.equals(inUse)) {
            LOG.info("links run on {} ({})", now, way);
            inUse = now;
        }
    }

    private RelayMemory of(String relay) {
        return relays.computeIfAbsent(relay, unknown -> new RelayMemory());
    }
}
