package io.penstock.gateway;

import io.penstock.gateway.config.GatewayUsage;
import io.penstock.gateway.config.NameMemory;
import io.penstock.gateway.config.StartRefusal;
import io.penstock.gateway.home.HomeLock;
import io.penstock.gateway.home.PenstockHome;
import io.penstock.tunnel.process.ServiceUsage;
import io.penstock.tunnel.process.StopSignals;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The gateway service: one for each home, started by the {@code penstock} command, or by hand.
 *
 * <p><em>Startup only</em>.
 */
@SpringBootApplication
public class GatewayApplication {

    /** What the process ends with when it could not start; the command tells the two apart. */
    public static final int REFUSED = 7;

    public static final int ANOTHER_RUNS = 8;

    /** Runs until it is told to stop; told again, it ends at once. */
    public static void main(String[] arguments) {
        ServiceUsage usage = GatewayUsage.of();
        Optional<String> answer = usage.answer(arguments);
        if (answer.isPresent()) {
            System.out.println(answer.get());
            return;
        }
        usage.refusal(arguments).ifPresent(sentence -> fail(REFUSED, sentence));
        run(arguments);
    }

    private static void run(String[] arguments) {
        NameMemory.keepShort();
        StopSignals.installExit();
        PenstockHome home = PenstockHome.of(System.getenv());
        Optional<HomeLock> lock = lock(home);
        if (lock.isEmpty()) {
            fail(ANOTHER_RUNS, "gateway service: another one runs in " + home.directory() + " (expected: none)");
        }
        try {
            new SpringApplication(GatewayApplication.class).run(arguments);
        } catch (RuntimeException e) {
            fail(REFUSED, StartRefusal.sentence(e));
        }
    }

    private static Optional<HomeLock> lock(PenstockHome home) {
        try {
            return HomeLock.tryTake(home.create());
        } catch (UncheckedIOException e) {
            fail(REFUSED, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void fail(int status, String sentence) {
        System.err.println(sentence);
        System.exit(status);
    }
}
