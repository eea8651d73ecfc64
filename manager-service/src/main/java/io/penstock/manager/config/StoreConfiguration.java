package io.penstock.manager.config;

import io.penstock.manager.plane.PlaneStore;
import io.penstock.manager.security.StateDirectory;
import io.penstock.manager.store.Database;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where the control plane's state outlives the process, if it does.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /** Never interrupted: the database gives its file up when it is. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService storeThread() {
        return Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "control-store");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The store, and what is to be done when it is not used any more. */
    record OpenStore(PlaneStore stores, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    @Bean
    OpenStore openStore(ManagerProperties properties, StateDirectory home, ExecutorService storeThread) {
        return switch (properties.control().store().medium()) {
            case FILE -> {
                Database database = Database.open(home.state());
                yield new OpenStore(database.stores(storeThread), database::close);
            }
            case MEMORY -> new OpenStore(PlaneStore.inMemory(), () -> {});
        };
    }

    @Bean
    PlaneStore planeStore(OpenStore open) {
        return open.stores();
    }
}
