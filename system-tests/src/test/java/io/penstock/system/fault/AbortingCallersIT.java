package io.penstock.system.fault;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.bench.config.LoadLoops;
import io.penstock.bench.load.AbortingCallers;
import io.penstock.bench.load.HeldConnections;
import io.penstock.bench.load.StormPlan;
import io.penstock.bench.load.StormReport;
import io.penstock.bench.process.ProcStat;
import io.penstock.bench.process.ServiceProcess;
import io.penstock.system.stage.Bystanders;
import io.penstock.system.stage.Diversion;
import io.penstock.system.stage.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** F9: callers that vanish in the middle leave nothing behind, and disturb nobody. */
@Timeout(value = 180, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbortingCallersIT {
    private static final int CALLERS = 20_000;
    private static final int HELD = 100;

    @RegisterExtension
    static final Stage STAGE = Stage.relayed();

    @Test
    void forgetsTwentyThousandCallersThatVanish() throws Exception {
        try (Diversion diversion = STAGE.divert(STAGE.laptop());
                LoadLoops loops = LoadLoops.start(1)) {
            int connected;
            try (HeldConnections held = HeldConnections.open(STAGE.loops(), STAGE.door(), HELD);
                    Bystanders bystanders = Bystanders.start(STAGE.door(), 50, 100)) {
                connected = new AbortingCallers(loops).run(STAGE.door(), CALLERS, 200);

                requireThatTheLaptopAnswers(bystanders.finish());
                StormReport heldOnes = held.askAll(StormPlan.Ask.greeting());
                assertThat(heldOnes.failed()).as("%s", heldOnes.samples()).isZero();
                assertThat(held.openCount()).isEqualTo(HELD);
            }
            assertThat(connected).isEqualTo(CALLERS);
            STAGE.requireNoStreams();
            assertThat(diversion.stats().path("streamsOpened").asLong()).isPositive();
            STAGE.services().forEach(AbortingCallersIT::requireThatNoDescriptorIsLeft);
        }
    }

    private static void requireThatTheLaptopAnswers(StormReport report) {
        assertThat(report.failed())
                .as("%s %s", report.failures(), report.samples())
                .isZero();
        assertThat(report.answeredBy()).isEqualTo(Map.of(Stage.LAPTOP, report.requests()));
    }

    private static void requireThatNoDescriptorIsLeft(ServiceProcess service) {
        ProcStat stat = service.process().stat();
        assertThat(stat.descriptors())
                .as("descriptors of the %s", service.process().name())
                .isLessThan(HELD + 100);
    }
}
