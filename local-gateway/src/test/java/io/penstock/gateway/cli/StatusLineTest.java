package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusLineTest {

    private static final JsonView INTERCEPT = Json.readObject(
            "{\"state\":\"ACTIVE\",\"streams\":{\"open\":12,\"opened\":3456,\"failed\":3,\"closed\":{\"NONE\":3441,"
                    + "\"LINK_LOST\":1},\"refused\":{\"APP_REFUSED\":2},\"bytesToApp\":1536,\"bytesFromApp\":12582912}}");

    @Test
    void saysAllThatMattersInOneLine() {
        JsonView gateway =
                Json.readObject("{\"links\":{\"listed\":2,\"open\":1,\"saturation\":0.256},\"dialQueue\":0}");

        assertThat(StatusLine.of(INTERCEPT, gateway))
                .isEqualTo("ACTIVE  open 12  opened 3456  failed 3  up 12.0M  down 1.5K  saturation 26%  links 1/2");
    }

    @Test
    void fitsIntoEightyColumnsWhileAllIsWell() {
        JsonView gateway = Json.readObject("{\"links\":{\"listed\":2,\"open\":2,\"saturation\":1}}");

        assertThat(StatusLine.of(INTERCEPT, gateway))
                .endsWith("saturation 100%")
                .hasSizeLessThan(80);
    }

    @Test
    void showsTheDialQueueOnlyWhileThereIsOne() {
        assertThat(StatusLine.of(INTERCEPT, Json.readObject("{\"dialQueue\":7}")))
                .endsWith("  dial queue 7");
    }

    @Test
    void showsHowManyAreHeldOnlyWhileSomeAre() {
        JsonView holding = Json.readObject("{\"state\":\"ACTIVE\",\"streams\":{},\"held\":12}");

        assertThat(StatusLine.of(holding, JsonView.EMPTY)).endsWith("saturation 0%  held 12");
        assertThat(StatusLine.of(INTERCEPT, JsonView.EMPTY)).doesNotContain("held");
    }

    @ParameterizedTest
    @CsvSource({"HOLD 10s then FAIL_OPEN, went to the original app", "REJECT, were reset"})
    void saysWhatBecameOfThoseWhomTheAppDidNotTakeInTime(String policy, String fate) {
        JsonView slow = Json.readObject("{\"name\":\"checkout\",\"onAppRefused\":\"" + policy
                + "\",\"streams\":{\"refused\":{\"DIAL_TIMEOUT\":2}}}");

        assertThat(StatusLine.unanswered(slow))
                .contains("checkout: 2 connections " + fate + " because the app did not take them in time.");
        assertThat(StatusLine.unanswered(INTERCEPT)).isEmpty();
    }

    @Test
    void sumsUpWithTheReasonsOfWhatFailed() {
        assertThat(StatusLine.summary(INTERCEPT))
                .isEqualTo("3456 streams, 3 failed (APP_REFUSED 2 LINK_LOST 1), 1.5 KiB to the app, 12.0 MiB from it");
        assertThat(StatusLine.summary(JsonView.EMPTY)).isEqualTo("0 streams, 0 failed, 0 B to the app, 0 B from it");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1073741824, 1.0 GiB", "2251799813685248, 2048.0 TiB"})
    void writesBytesForPeople(long bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void alignsColumns() {
        Table table = new Table("NAME", "STATE");
        table.add("a-long-name", "ACTIVE");
        table.add("b", "");

        assertThat(table.lines()).containsExactly("NAME         STATE", "a-long-name  ACTIVE", "b");
    }
}
