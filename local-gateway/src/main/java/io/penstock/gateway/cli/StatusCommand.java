package io.penstock.gateway.cli;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code penstock status}: how the gateway service is.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Show the gateway service: manager, links, streams.",
        description = {
            "",
            "Never starts the service. Exits with 0 also when none runs; --json then says running: false.",
            ""
        })
final class StatusCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    final OutputOptions output = new OutputOptions();

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<GatewayClient> gateway = new ServiceFinder(console).find();
        if (output.json) {
            console.print(Json.write(document(gateway)));
        } else if (gateway.isPresent()) {
            print(gateway.get());
        } else {
            console.print(
                    "No gateway service runs for " + console.home().directory() + "; penstock intercept starts one.");
        }
        return ExitCode.OK.status();
    }

    private static Map<String, @Nullable Object> document(Optional<GatewayClient> gateway) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("running", gateway.isPresent());
        gateway.ifPresent(client -> {
            document.put("port", client.service().port());
            document.put("startedAt", client.service().startedAt());
            document.putAll(client.get("/api/v1/status").fields());
        });
        return document;
    }

    private void print(GatewayClient client) {
        JsonView answer = client.get("/api/v1/status");
        JsonView gateway = answer.object("gateway");
        JsonView streams = gateway.object("streams");
        row(
                "Service",
                "http://127.0.0.1:" + client.service().port() + ", pid " + answer.number("pid") + ", since "
                        + client.service().startedAt() + ", version " + answer.text("version"));
        row("Manager", manager(gateway.object("manager")));
        if (!gateway.object("manager").text("route").isEmpty()) {
            row("Route", RouteNote.status(gateway));
        }
        row("Intercepts", gateway.text("intercepts"));
        row("Links", links(gateway.object("links")));
        row(
                "Streams",
                streams.number("open") + " open, " + streams.number("opened") + " opened, " + streams.number("failed")
                        + " failed");
        row(
                "Bytes",
                Figures.bytes(streams.number("bytesToApp")) + " to apps, "
                        + Figures.bytes(streams.number("bytesFromApp")) + " from them");
        row("Dial queue", gateway.text("dialQueue"));
        JsonView memory = gateway.object("memory");
        row("Memory", Figures.bytes(memory.number("used")) + " of " + Figures.bytes(memory.number("limit")));
    }

    private void row(String name, String value) {
        console.print(String.format("%-11s %s", name, value));
    }

    private static String manager(JsonView manager) {
        if (manager.text("url").isEmpty()) {
            return "none yet; penstock intercept chooses one";
        }
        String trouble = manager.text("trouble");
        return manager.text("url") + ", " + manager.text("phase") + " as " + manager.text("session")
                + (trouble.isEmpty() ? "" : " (" + trouble + ")");
    }

    private static String links(JsonView links) {
        return links.number("open") + " of " + links.number("listed") + " open, " + links.number("draining")
                + " draining, saturation " + Figures.percent(links.decimal("saturation")) + ", round trip "
                + links.number("roundTripMicros") + " us"
                + (links.text("carrier").isEmpty() ? "" : ", on " + links.text("carrier"));
    }
}
