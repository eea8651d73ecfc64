package io.penstock.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsWhatItWrote() {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("text", "a \"b\"\n\u00e9");
        written.put("number", 4848L);
        written.put("decimal", 0.25);
        written.put("truth", true);
        written.put("nothing", null);
        written.put("list", List.of(Map.of("port", 1L)));

        JsonView read = Json.readObject(Json.write(written));

        assertThat(read.fields()).isEqualTo(written);
        assertThat(read.text("text")).isEqualTo("a \"b\"\n\u00e9");
        assertThat(read.number("number")).isEqualTo(4848);
        assertThat(read.decimal("decimal")).isEqualTo(0.25);
        assertThat(read.truth("truth")).isTrue();
        assertThat(read.objects("list").get(0).number("port")).isEqualTo(1);
    }

    @Test
    void readsWhatIsMissingAsEmpty() {
        JsonView empty = Json.readObject("{\"list\": 3, \"object\": []}");

        assertThat(empty.text("text")).isEmpty();
        assertThat(empty.number("number")).isZero();
        assertThat(empty.object("object").object("deeper").text("text")).isEmpty();
        assertThat(empty.objects("list")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{", "{\"a\":", "<html>", "{\"a\" 1}"})
    void refusesWhatIsNoObject(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.readObject(text))
                .withMessageContaining("expected");
    }
}
