package io.penstock.agent.config;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TERM and INT do: the first drains, the second ends the process at once. A shutdown hook could not tell the second one, so
 * the JVM's own signal handling is used where it is there (by reflection: it has no public API).
 *
 * <p><em>Startup only</em>.
 */
public final class StopSignals {

    private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
    private static final int STOPPED_AT_ONCE = 130;

    private StopSignals() {}

    public static void install(Runnable drain) {
        AtomicInteger seen = new AtomicInteger();
        Runnable onSignal = () -> {
            if (seen.incrementAndGet() == 1) {
                drain.run();
            } else {
                Runtime.getRuntime().halt(STOPPED_AT_ONCE);
            }
        };
        try {
            handle("TERM", onSignal);
            handle("INT", onSignal);
        } catch (ReflectiveOperationException e) {
            log.debug("no signal handling in this JVM", e);
            Runtime.getRuntime().addShutdownHook(new Thread(drain, "agent-stop"));
        }
    }

    private static void handle(String name, Runnable onSignal) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        onSignal.run();
                    }
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
