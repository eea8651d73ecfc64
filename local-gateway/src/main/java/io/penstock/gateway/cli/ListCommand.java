package io.penstock.gateway.cli;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code penstock list}: the intercepts of this machine, or everybody's.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the intercepts of this machine, or everybody's.",
        description = {
            "",
            "Without --all the answer comes from the gateway service alone, so it is there even while the manager is not. The state "
                    + "is then the one that the manager told last, and since when it has not been heard stands beside it.",
            ""
        })
final class ListCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--all", description = "Ask the manager for everybody's intercepts, with their owners.")
    boolean all;

    @Mixin
    final ManagerOptions manager = new ManagerOptions();

    @Mixin
    final OutputOptions output = new OutputOptions();

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JsonView answer = all ? everybodys() : ours();
        if (output.json) {
            console.print(Json.write(answer));
        } else {
            print(answer);
        }
        return ExitCode.OK.status();
    }

    private JsonView everybodys() {
        return new ServiceLauncher(console, new ServiceFinder(console))
                .with(gateway -> gateway.post("/api/v1/intercepts/search", manager.body(console, "RELAY")));
    }

    private JsonView ours() {
        Optional<GatewayClient> gateway = new ServiceFinder(console).find();
        return gateway.map(client -> client.get("/api/v1/intercepts"))
                .orElseGet(() -> Json.readObject("{\"items\":[]}"));
    }

    private void print(JsonView answer) {
        List<JsonView> items = answer.objects("items");
        if (items.isEmpty()) {
            console.print(all ? "No intercepts at this manager." : "No intercepts on this machine.");
            return;
        }
        Table table = all
                ? new Table("NAME", "WORKLOAD", "PORTS", "STATE", "OWNER", "ID")
                : new Table("NAME", "WORKLOAD", "PORTS", "STATE", "CARRIER", "OPEN", "OPENED", "FAILED", "ID");
        items.forEach(item -> table.add(all ? everybodysRow(item) : ourRow(item, answer)));
        table.lines().forEach(console::print);
        items.forEach(item -> StatusLine.unanswered(item).ifPresent(console::print));
    }

    private static String[] everybodysRow(JsonView item) {
        return new String[] {
            item.text("name"), item.text("workload"), ports(item), state(item), item.text("owner"), item.text("id")
        };
    }

    private static String[] ourRow(JsonView item, JsonView answer) {
        JsonView streams = item.object("streams");
        return new String[] {
            item.text("name"),
            item.text("workload"),
            ports(item),
            state(item) + unheard(answer.object("manager").text("unheardSeconds")),
            carrier(answer.object("links").text("carrier")),
            streams.text("open"),
            streams.text("opened"),
            streams.text("failed"),
            item.text("id")
        };
    }

    private static String state(JsonView item) {
        String code = item.object("stateReason").text("code");
        boolean plain = code.isEmpty() || code.equals("NONE");
        String state = plain ? item.text("state") : item.text("state") + " (" + code + ")";
        long held = item.number("held");
        return held == 0 ? state : state + " held: " + held;
    }

    /** The state is the manager's word. */
    private static String unheard(String seconds) {
        return seconds.isEmpty() ? "" : " (manager not heard for " + seconds + " s)";
    }

    private static String carrier(String newest) {
        return newest.isEmpty() ? "-" : newest;
    }

    private static String ports(JsonView item) {
        return item.objects("ports").stream()
                .map(port -> port.number("capture") + "->" + port.text("target"))
                .collect(Collectors.joining(","));
    }
}
