package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import org.junit.jupiter.api.Test;

class RouteNoteTest {

    @Test
    void saysWhatToDoWhenTheDirectRouteCannotBeHad() {
        JsonView gateway = gateway("DIRECT", 2);

        assertThat(RouteNote.of(gateway).orElseThrow())
                .startsWith("Not direct: the manager leads links through its relay")
                .contains("--link-listen");
        assertThat(RouteNote.status(gateway))
                .startsWith("direct, but 2 of 3 links by relay")
                .contains("--link-listen");
    }

    @Test
    void saysNothingWhenLinksGoAsTheyWereAskedTo() {
        assertThat(RouteNote.of(gateway("DIRECT", 0))).isEmpty();
        assertThat(RouteNote.of(gateway("RELAY", 3))).isEmpty();
        assertThat(RouteNote.status(gateway("DIRECT", 0))).isEqualTo("direct");
        assertThat(RouteNote.status(gateway("RELAY", 3))).isEqualTo("relay");
    }

    private static JsonView gateway(String route, int relayed) {
        return Json.readObject(
                "{\"manager\":{\"route\":\"" + route + "\"},\"links\":{\"listed\":3,\"relayed\":" + relayed + "}}");
    }
}
