package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveScreenTest {

    private final Screens screens = new Screens(Map.of());

    @Test
    void redrawsInPlaceOnATerminalAndNeverWraps() {
        LiveScreen screen = new LiveScreen(screens.console(), new Terminal(10), false);

        screen.show("0123456789ABC");
        screen.show("0123456789ABC");
        screen.show("next");
        screen.say("event");

        assertThat(screens.out())
                .isEqualTo("\r\u001b[K012345678" + "\r\u001b[Knext" + "\r\u001b[Kevent" + System.lineSeparator());
    }

    @Test
    void printsPlainLinesOnlyOnChangeAndNotOften() {
        LiveScreen screen = new LiveScreen(screens.console(), Terminal.NONE, false);

        screen.show("one");
        screen.show("two");
        screens.pass(Duration.ofSeconds(10));
        screen.show("one");
        screen.show("three");
        screens.pass(Duration.ofSeconds(10));
        screen.show("four");

        assertThat(screens.out().lines()).containsExactly("one", "three", "four");
    }

    @Test
    void leavesStandardOutputToJson() {
        LiveScreen screen = new LiveScreen(screens.console(), Terminal.NONE, true);

        screen.show("status");
        screen.say("event");

        assertThat(screens.out()).isEmpty();
        assertThat(screens.err()).isEqualToIgnoringNewLines("event");
    }
}
