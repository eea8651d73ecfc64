package io.penstock.gateway.forward;

import static io.penstock.gateway.forward.RelayMemory.State.CALLS_FIRST;
import static io.penstock.gateway.forward.RelayMemory.State.TCP_FIRST;
import static io.penstock.gateway.forward.RelayMemory.State.TCP_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.forward.RelayMemory.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelayMemoryTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RelayMemory memory = new RelayMemory();

    private void enter(State state) {
        if (state != TCP_FIRST) {
            memory.unreached(false, 0);
        }
        if (state == TCP_ONLY) {
            memory.unreached(true, 0);
        }
        assertThat(memory.at(0)).isEqualTo(state);
    }

    private void tell(String news) {
        boolean byCall = news.startsWith("call");
        if (news.endsWith("not reached")) {
            memory.unreached(byCall, 0);
        } else {
            memory.reached(byCall, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TCP_FIRST,   TCP reached,      TCP_FIRST",
        "TCP_FIRST,   TCP not reached,  CALLS_FIRST",
        "TCP_FIRST,   call reached,     TCP_FIRST",
        "TCP_FIRST,   call not reached, TCP_FIRST",
        "CALLS_FIRST, TCP reached,      TCP_FIRST",
        "CALLS_FIRST, TCP not reached,  CALLS_FIRST",
        "CALLS_FIRST, call reached,     CALLS_FIRST",
        "CALLS_FIRST, call not reached, TCP_ONLY",
        "TCP_ONLY,    TCP reached,      TCP_FIRST",
        "TCP_ONLY,    TCP not reached,  TCP_ONLY",
        "TCP_ONLY,    call reached,     CALLS_FIRST",
        "TCP_ONLY,    call not reached, TCP_ONLY"
    })
    void goesByItsTable(State before, String news, State after) {
        enter(before);

        tell(news);

        assertThat(memory.at(0)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"CALLS_FIRST, 300", "TCP_ONLY, 1"})
    void comesBackToTcpWhenTheTimeIsOver(State before, long seconds) {
        enter(before);

        assertThat(memory.at(seconds * SECOND - 1)).isEqualTo(before);
        assertThat(memory.at(seconds * SECOND)).isEqualTo(TCP_FIRST);
    }

    @Test
    void remembersACallThatCameDuringAPauseForFiveMinutes() {
        enter(TCP_ONLY);

        memory.reached(true, SECOND / 2);

        assertThat(memory.at(300 * SECOND)).isEqualTo(CALLS_FIRST);
        assertThat(memory.at(301 * SECOND)).isEqualTo(TCP_FIRST);
    }

    @Test
    void triesACallLessAndLessOftenWhileNothingAnswers() {
        List<Long> pauses = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 6; i++) {
            now = outage(now, pauses);
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 4L, 4L, 4L);

        memory.reached(false, now);
        outage(now, pauses);

        assertThat(pauses.get(6)).isEqualTo(1L);
    }

    /** Both ways fail once; returns when the pause that follows is over. */
    private long outage(long begin, List<Long> pauses) {
        memory.unreached(false, begin);
        memory.unreached(true, begin);
        long now = begin;
        while (memory.at(now) == TCP_ONLY) {
            now += SECOND;
        }
        pauses.add((now - begin) / SECOND);
        return now;
    }
}
