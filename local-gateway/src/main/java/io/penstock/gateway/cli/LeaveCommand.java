package io.penstock.gateway.cli;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code penstock leave}: ends intercepts of this machine.
 *
 * <p><em>Immutable</em> once it is parsed.
 */
@Command(
        name = "leave",
        mixinStandardHelpOptions = true,
        header = "End an intercept of yours, or all of this machine.",
        description = {
            "",
            "Running requests finish, new ones go to the original app. Returns at once; penstock list shows what still drains. "
                    + "Leaving what has been left already changes nothing, and exits with 0.",
            "",
            "An intercept of yours that this machine does not hold, because its gateway service was killed, is left at the "
                    + "manager; when no service runs here, one is started for that and ends again.",
            ""
        })
final class LeaveCommand implements Callable<Integer> {

    private final Console console;

    @ArgGroup(multiplicity = "1")
    Which which = new Which();

    @Mixin
    final ManagerOptions manager = new ManagerOptions();

    @Mixin
    final OutputOptions output = new OutputOptions();

    /** One, or all. *Immutable* once it is parsed. */
    static final class Which {
        @Parameters(paramLabel = "NAME|ID", description = "The intercept's name or id, as penstock list shows them.")
        @Nullable
        String nameOrId;

        @Option(names = "--all", description = "Every intercept of this machine.")
        boolean all;
    }

    LeaveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String one = which.nameOrId;
        print(one == null ? leaveAll() : List.of(leave(checked(one))));
        return ExitCode.OK.status();
    }

    private JsonView leave(String nameOrId) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("at", manager.body(console, "RELAY"));
        body.put("nameOrId", nameOrId);
        JsonView answer = new ServiceLauncher(console, new ServiceFinder(console))
                .briefly(gateway -> gateway.post("/api/v1/intercepts/leave", body));
        Map<String, @Nullable Object> left =
                new LinkedHashMap<>(answer.object("intercept").fields());
        left.put("alreadyLeft", answer.truth("already"));
        return new JsonView(left);
    }

    private List<JsonView> leaveAll() {
        List<JsonView> left = new ArrayList<>();
        new ServiceFinder(console)
                .find()
                .ifPresent(gateway -> gateway.get("/api/v1/intercepts").objects("items").stream()
                        .filter(item -> !item.text("state").equals("DRAINING"))
                        .forEach(item -> left.add(gateway.delete("/api/v1/intercepts/" + item.text("id")))));
        return left;
    }

    private void print(List<JsonView> left) {
        if (output.json) {
            console.print(Json.write(Map.of("items", left)));
        } else if (left.isEmpty()) {
            console.print("No intercepts on this machine.");
        } else {
            left.forEach(item ->
                    console.print((item.truth("alreadyLeft") ? "Already left " : "Left ") + item.text("workload") + " ("
                            + item.text("name") + ", " + item.text("id") + "): " + item.text("state")));
        }
    }

    private static String checked(String nameOrId) {
        if (!nameOrId.matches("[A-Za-z0-9._-]+")) {
            throw unknown(nameOrId);
        }
        return nameOrId;
    }

    private static CommandFailure unknown(String nameOrId) {
        return new CommandFailure(
                ExitCode.NOT_FOUND, "intercept: " + nameOrId + " (expected: a name or an id; see penstock list)");
    }
}
