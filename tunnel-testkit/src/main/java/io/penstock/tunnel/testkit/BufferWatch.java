package io.penstock.tunnel.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every buffer of Netty's own allocators that has not been released, with the place that made it: known at once, while Netty's
 * detector waits for the garbage collector.
 *
 * <p><em>Thread-safe</em>.
 */
final class BufferWatch extends ResourceLeakDetectorFactory {

    private static final Map<Watched<?>, Throwable> OPEN = new ConcurrentHashMap<>();

    private BufferWatch() {}

    /** Watches all buffers that are made from now on; must come before Netty's buffers are first used. */
    static void install() {
        if (!(ResourceLeakDetectorFactory.instance() instanceof BufferWatch)) {
            ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new BufferWatch());
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        }
    }

    /** Whether {@link #install} came in time. */
    static boolean isEffective() {
        int before = OPEN.size();
        ByteBuf probe = PooledByteBufAllocator.DEFAULT.directBuffer(1);
        boolean seen = OPEN.size() > before;
        probe.release();
        return seen;
    }

    /** The buffers that are open now, with the places that made them. */
    static Map<Object, Throwable> open() {
        return Map.copyOf(OPEN);
    }

    @Override
    @SuppressWarnings("deprecation") // The one method that the factory leaves abstract.
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
            Class<T> resource, int samplingInterval, long maxActive) {
        return new Detector<>(resource, samplingInterval);
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {
        Detector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        public ResourceLeakTracker<T> track(T resource) {
            return new Watched<>();
        }

        @Override
        public ResourceLeakTracker<T> trackForcibly(T resource) {
            return new Watched<>();
        }

        @Override
        public boolean isRecordEnabled() {
            return false;
        }
    }

    private static final class Watched<T> implements ResourceLeakTracker<T> {
        Watched() {
            OPEN.put(this, new Throwable("made here"));
        }

        @Override
        public void record() {}

        @Override
        public void record(Object hint) {}

        @Override
        public boolean close(T resource) {
            return OPEN.remove(this) != null;
        }
    }
}
