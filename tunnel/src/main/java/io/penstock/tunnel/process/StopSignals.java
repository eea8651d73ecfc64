package io.penstock.tunnel.process;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TERM and INT do: the first begins an orderly stop, the second ends the process at once. A shutdown hook could not tell the
 * second one, so the JVM's own signal handling is used (by reflection: it has no public API). Where that is not to be had, as with
 * {@code -Xrs}, the JVM does what it does without this.
 *
 * <p><em>Startup only</em>.
 */
public final class StopSignals {

    private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
    private static final int STOPPED_AT_ONCE = 130;

    /** The signals, and what a process that one of them ended exits with. Immutable. */
    private enum StopSignal {
        TERM(143),
        INT(130);

        private final int exitCode;

        StopSignal(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private StopSignals() {}

    /** Runs {@code drain} at the first signal, on a thread of the JVM. */
    public static void install(Runnable drain) {
        installFirst(signal -> drain.run());
    }

    /** Runs the shutdown hooks at the first signal, and exits as the JVM would. */
    public static void installExit() {
        installFirst(signal -> Runtime.getRuntime().exit(signal.exitCode));
    }

    private static void installFirst(Consumer<StopSignal> first) {
        AtomicBoolean stopping = new AtomicBoolean();
        Consumer<StopSignal> onSignal = signal -> {
            if (stopping.compareAndSet(false, true)) {
                first.accept(signal);
            } else {
                Runtime.getRuntime().halt(STOPPED_AT_ONCE);
            }
        };
        try {
            for (StopSignal signal : StopSignal.values()) {
                handle(signal, onSignal);
            }
        } catch (ReflectiveOperationException e) {
            log.warn("signals are left to the JVM: a stop does not drain ({})", String.valueOf(e.getCause()));
        }
    }

    private static void handle(StopSignal stop, Consumer<StopSignal> onSignal) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        onSignal.accept(stop);
                    }
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(stop.name()), proxy);
    }
}
