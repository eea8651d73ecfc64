package io.penstock.manager;

import io.penstock.manager.config.StartFailure;
import io.penstock.tunnel.process.StopSignals;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The manager's process. A start that fails says why in one sentence on the error stream and exits with 1; a second TERM or INT
 * ends it at once.
 *
 * <p><em>Startup only</em>.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ManagerApplication {

    public static void main(String[] args) {
        StopSignals.installExit();
        try {
            SpringApplication.run(ManagerApplication.class, args);
        } catch (RuntimeException failure) {
            System.err.println("manager: " + StartFailure.sentence(failure));
            System.exit(1);
        }
    }
}
