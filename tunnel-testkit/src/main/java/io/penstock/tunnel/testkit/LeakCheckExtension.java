package io.penstock.tunnel.testkit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves a buffer, a thread or an uncaught exception behind. Every test of this module runs under it; another
 * module's test asks for it by {@code @ExtendWith}, or for all by JUnit's auto-detection.
 *
 * <p><em>Thread-safe</em>.
 */
public final class LeakCheckExtension implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(LeakCheckExtension.class);

    static {
        BufferWatch.install();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!BufferWatch.isEffective()) {
            throw new IllegalStateException("Netty's buffers were used before LeakCheckExtension (expected: after; set"
                    + " junit.jupiter.extensions.autodetection.enabled=true in junit-platform.properties)");
        }
        context.getStore(NAMESPACE).put(context.getUniqueId(), LeakCheck.begin());
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        LeakCheck check = context.getStore(NAMESPACE).remove(context.getUniqueId(), LeakCheck.class);
        if (check != null) {
            check.finish();
        }
    }
}
