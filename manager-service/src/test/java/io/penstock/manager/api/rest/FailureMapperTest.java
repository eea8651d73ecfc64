package io.penstock.manager.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FailureMapperTest {
    @Test
    void answersThatTheStateCannotBeWrittenWith503() {
        var answer = new FailureMapper().onRefusal(new Refusal(RefusalCode.STORE_UNAVAILABLE, "state: late"));

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(Objects.requireNonNull(answer.getBody()).getType())
                .hasToString("urn:penstock:problem:store-unavailable");
        assertThat(answer.getBody().getDetail()).isEqualTo("state: late");
    }
}
