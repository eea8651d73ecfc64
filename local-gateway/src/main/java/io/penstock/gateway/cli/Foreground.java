package io.penstock.gateway.cli;

import io.penstock.gateway.json.JsonView;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * An intercept in the foreground: waits until it is active, shows how it goes, leaves when told to stop.
 *
 * <p>Used by the main thread only.
 *
 * <p><em>Loop-confined</em> in that sense.
 */
final class Foreground {

    /** Running requests get the drain grace; then the manager ends them, and the command does not wait longer. */
    static final Duration LONGEST_FAREWELL = Duration.ofSeconds(60);

    private static final String STATUS = "/api/v1/status";
    private static final Duration DRAIN = Duration.ofSeconds(35);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration REDRAW = Duration.ofMillis(500);

    private final Console console;
    private final GatewayClient gateway;
    private final String id;
    private final LiveScreen screen;
    private JsonView newest = JsonView.EMPTY;
    // The newest with figures: one that somebody else ended has none any more.
    private JsonView counted = JsonView.EMPTY;
    private String trouble = "";
    private String route = "";

    Foreground(Console console, GatewayClient gateway, String id, LiveScreen screen) {
        this.console = console;
        this.gateway = gateway;
        this.id = id;
        this.screen = screen;
    }

    /** Waits up to three seconds for ACTIVE and says what came of it. */
    JsonView awaitActive() {
        Deadline deadline = Deadline.in(SETTLE, console.clock());
        look();
        while (!isActive() && !deadline.isOver() && !console.stop().await(LOOK)) {
            look();
        }
        screen.say(title() + " is " + newest.text("state") + why());
        return newest;
    }

    /** Says once when links do not go by the route that was asked for. */
    void tellRoute() {
        tellRoute(gateway.get(STATUS).object("gateway"));
    }

    private void tellRoute(JsonView status) {
        String now = RouteNote.of(status).orElse("");
        if (!now.equals(route)) {
            route = now;
            screen.say(now.isEmpty() ? "Links go by the direct route now." : now);
        }
    }

    /** Shows the intercept until it is over or the command is told to stop; then leaves. */
    ExitCode stay() {
        try {
            while (!console.stop().await(REDRAW)) {
                String before = newest.text("state");
                look();
                if (!before.equals(newest.text("state"))) {
                    screen.say(title() + ": " + before + " -> " + newest.text("state") + why());
                }
                if (newest.text("state").equals("ENDED")) {
                    screen.say("It is over" + why() + ": " + StatusLine.summary(counted) + ".");
                    return ExitCode.NOT_FOUND;
                }
                drawStatus();
            }
        } catch (CommandFailure e) {
            screen.clear();
            if (isStopped(e)) {
                screen.say("The gateway service has been stopped, and the intercept left with it: "
                        + StatusLine.summary(counted) + ".");
                return ExitCode.OK;
            }
            throw e.code() == ExitCode.NOT_FOUND ? forgotten() : e;
        }
        return leave();
    }

    /** Whether the service has been told to stop, by whomever: it says so itself, or has taken its state file with it. */
    private boolean isStopped(CommandFailure failure) {
        long pid = gateway.service().pid();
        return failure.type().endsWith(GatewayClient.STOPPING)
                || (failure.type().equals(GatewayClient.UNANSWERED)
                        && new ServiceFinder(console)
                                .state()
                                .filter(now -> now.pid() == pid)
                                .isEmpty());
    }

    private void drawStatus() {
        JsonView status = gateway.get(STATUS).object("gateway");
        String now = status.object("manager").text("trouble");
        if (!now.equals(trouble)) {
            trouble = now;
            screen.say(
                    now.isEmpty() ? "The manager answers again." : "The manager does not answer, links go on: " + now);
        }
        tellRoute(status);
        screen.show(StatusLine.of(newest, status));
    }

    private ExitCode leave() {
        screen.clear();
        screen.say("Leaving " + title() + " ...");
        JsonView last = newest;
        try {
            gateway.delete("/api/v1/intercepts/" + id);
            last = drain();
        } catch (CommandFailure e) {
            if (e.code() != ExitCode.NOT_FOUND && !isStopped(e)) {
                screen.say(
                        "It could not be left: " + e.sentence()
                                + ". The manager ends it when the gateway service has been gone for a while; penstock stop helps.");
                return e.code();
            }
        }
        screen.say("Left: " + StatusLine.summary(last) + ".");
        StatusLine.unanswered(last).ifPresent(screen::say);
        return ExitCode.OK;
    }

    /** Waits for running requests, and returns the last figures. */
    private JsonView drain() {
        Deadline deadline = Deadline.in(DRAIN, console.clock());
        JsonView last = newest;
        boolean told = false;
        while (true) {
            JsonView now = gateway.get("/api/v1/intercepts/" + id);
            if (now.object("streams").fields().isEmpty()) {
                return last; // Out of the snapshot: every agent has let go of it.
            }
            last = now;
            long open = now.object("streams").number("open");
            if (open == 0 || deadline.isOver()) {
                return last;
            }
            if (!told) {
                told = true;
                screen.say("Waiting for " + Figures.plural(open, "running stream") + " (up to " + DRAIN.toSeconds()
                        + " s) ...");
            }
            pause();
        }
    }

    /** A wait that goes on although the command has been told to stop. */
    private static void pause() {
        new Interruption().await(LOOK);
    }

    private void look() {
        newest = gateway.get("/api/v1/intercepts/" + id);
        counted = newest.object("streams").fields().isEmpty() ? counted : newest;
    }

    private boolean isActive() {
        return newest.text("state").equals("ACTIVE");
    }

    private String title() {
        String ports = newest.objects("ports").stream()
                .map(port -> "port " + port.number("capture") + " -> " + port.text("target"))
                .collect(Collectors.joining(", "));
        return newest.text("workload") + " " + ports + " (" + newest.text("name") + ", " + id + ")";
    }

    private String why() {
        JsonView reason = newest.object("stateReason");
        String code = reason.text("code");
        String detail = reason.text("detail");
        if (isActive() || code.isEmpty() || code.equals("NONE")) {
            return "";
        }
        return detail.isEmpty() ? ", " + code : ", " + code + ": " + detail;
    }

    private CommandFailure forgotten() {
        return new CommandFailure(
                ExitCode.NOT_FOUND,
                "intercept: " + id
                        + " is no longer known to the manager (expected: one that it holds; somebody left it, or "
                        + "the manager was restarted)");
    }
}
