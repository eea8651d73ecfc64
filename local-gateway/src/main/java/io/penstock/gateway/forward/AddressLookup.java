package io.penstock.gateway.forward;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.tunnel.address.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks hosts up without keeping a loop waiting: the developer's targets, and where links are dialled; and with these what else must be
 * waited for.
 *
 * <p><em>Thread-safe</em>.
 */
public final class AddressLookup {

    private final Executor waiters;
    private final NameService names;

    /** Whoever knows hosts by their names. <em>Thread-safe</em>. */
    public interface NameService {
        /** The host's addresses, the preferred one first; may take seconds. */
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /**
     * A way to look hosts up.
     *
     * @param waiters where the name service is waited for; may refuse
     */
    public AddressLookup(Executor waiters, NameService names) {
        this.waiters = waiters;
        this.names = names;
    }

    /**
     * The target's addresses, the preferred one first; none when nobody knows the name. Fails with a {@link GatewayProblem} when
     * too many wait already.
     */
    public CompletableFuture<List<InetSocketAddress>> find(HostPort target) {
        if (target.isLiteral()) {
            // Unresolved when it names an interface that is not there.
            InetSocketAddress address = target.resolve();
            return CompletableFuture.completedFuture(address.isUnresolved() ? List.of() : List.of(address));
        }
        return ask("look-up of " + target, () -> addressesOf(target));
    }

    /** Asks where look-ups are waited for; the question may take its time. Fails as they do when too many wait already. */
    <T> CompletableFuture<T> ask(String what, Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, waiters);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(GatewayProblem.of(
                    ProblemType.GATEWAY_BUSY,
                    what + ": not begun, too many wait (expected: a name service that answers)"));
        }
    }

    private List<InetSocketAddress> addressesOf(HostPort target) {
        try {
            return Stream.of(names.addressesOf(target.host()))
                    .map(address -> new InetSocketAddress(address, target.port()))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of(); // That is the answer.
        }
    }
}
