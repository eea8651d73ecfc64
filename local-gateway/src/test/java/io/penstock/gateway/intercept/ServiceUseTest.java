package io.penstock.gateway.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.problem.GatewayProblem;
import org.junit.jupiter.api.Test;

class ServiceUseTest {

    private final ServiceUse use = new ServiceUse();

    @Test
    void unusedStopsWhenAsked() {
        assertThat(use.stopIfUnused()).isTrue();
        assertThat(use.stopIfUnused()).isTrue();
    }

    @Test
    void calledStaysForTheCallUnderWay() {
        assertThat(use.<Boolean>during(use::stopIfUnused)).isFalse();
        assertThat(use.<Boolean>making(use::stopIfUnused)).isFalse();
    }

    @Test
    void unusedAgainAfterACallThatFailed() {
        assertThatThrownBy(() -> use.making(ServiceUseTest::fail)).hasMessage("no such workload");
        assertThatThrownBy(() -> use.during(ServiceUseTest::fail)).hasMessage("no such workload");

        assertThat(use.stopIfUnused()).isTrue();
    }

    @Test
    void calledStaysWhenOneOfTwoCallsFails() {
        boolean stopped = use.during(() -> {
            assertThatThrownBy(() -> use.making(ServiceUseTest::fail)).hasMessage("no such workload");
            return use.stopIfUnused();
        });

        assertThat(stopped).isFalse();
    }

    @Test
    void usedStaysForGoodOnceSomethingWasMade() {
        use.making(() -> "i-1");
        assertThatThrownBy(() -> use.making(ServiceUseTest::fail)).hasMessage("no such workload");

        assertThat(use.stopIfUnused()).isFalse();
        assertThat(use.<String>during(() -> "listed")).isEqualTo("listed");
    }

    @Test
    void lookingLeavesItUnused() {
        use.during(() -> "listed");

        assertThat(use.stopIfUnused()).isTrue();
    }

    @Test
    void stoppingRefusesCallsWhoeverStopsIt() {
        use.making(() -> "i-1");
        use.stop();

        assertThatThrownBy(() -> use.during(() -> "late"))
                .isInstanceOf(GatewayProblem.class)
                .hasMessageContaining("is stopping (expected:");
        assertThat(use.stopIfUnused()).isTrue();
    }

    @Test
    void stoppingLetsTheCallUnderWayFinish() {
        String answer = use.making(() -> {
            use.stop();
            return "i-1";
        });

        assertThat(answer).isEqualTo("i-1");
        assertThat(use.stopIfUnused()).isTrue();
    }

    private static String fail() {
        throw new IllegalArgumentException("no such workload");
    }
}
