package io.penstock.manager;

import io.penstock.manager.config.ManagerUsage;
import io.penstock.manager.config.StartFailure;
import io.penstock.tunnel.process.ServiceUsage;
import io.penstock.tunnel.process.StopSignals;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The manager's process. A start that fails says why in one sentence on the error stream and exits with 1; a second TERM or INT
 * ends it at once. Asked for help or its version it prints that and starts nothing.
 *
 * <p><em>Startup only</em>.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ManagerApplication {

    public static void main(String[] args) {
        ServiceUsage usage = ManagerUsage.of();
        Optional<String> answer = usage.answer(args);
        if (answer.isPresent()) {
            System.out.println(answer.get());
            return;
        }
        usage.refusal(args).ifPresent(ManagerApplication::fail);
        StopSignals.installExit();
        try {
            SpringApplication.run(ManagerApplication.class, args);
        } catch (RuntimeException failure) {
            fail(StartFailure.sentence(failure));
        }
    }

    private static void fail(String sentence) {
        System.err.println("manager: " + sentence);
        System.exit(1);
    }
}
