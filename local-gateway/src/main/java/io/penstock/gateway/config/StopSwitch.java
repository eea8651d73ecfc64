package io.penstock.gateway.config;

import io.penstock.gateway.intercept.ServiceStop;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Closes the application from a thread that the application does not wait for.
 *
 * <p><em>Thread-safe</em>.
 */
@Component
final class StopSwitch implements ServiceStop {

    private final ConfigurableApplicationContext context;
    private final AtomicBoolean pressed = new AtomicBoolean();
    private final AtomicBoolean hurried = new AtomicBoolean();

    StopSwitch(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public void stop(boolean now) {
        hurried.set(now);
        if (pressed.compareAndSet(false, true)) {
            new Thread(context::close, "penstock-stop").start();
        }
    }

    /** Whether running streams are to be ended at once. */
    boolean isHurried() {
        return hurried.get();
    }
}
