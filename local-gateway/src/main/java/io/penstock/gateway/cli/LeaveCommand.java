package io.penstock.gateway.cli;

import io.penstock.gateway.json.Json;
import io.penstock.gateway.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        header = "End an intercept of this machine, or all of them.",
        description = {
            "",
            "Running requests finish, new ones go to the original app. Returns at once; penstock list shows what still drains.",
            ""
        })
final class LeaveCommand implements Callable<Integer> {

    private final Console console;

    @ArgGroup(multiplicity = "1")
    Which which = new Which();

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
        List<JsonView> left = new ArrayList<>();
        Optional<GatewayClient> gateway = new ServiceFinder(console).find();
        String one = which.nameOrId;
        if (one != null) {
            left.add(gateway.orElseThrow(() -> unknown(one)).delete("/api/v1/intercepts/" + checked(one)));
        } else if (gateway.isPresent()) {
            gateway.get().get("/api/v1/intercepts").objects("items").stream()
                    .filter(item -> !item.text("state").equals("DRAINING"))
                    .forEach(item -> left.add(gateway.get().delete("/api/v1/intercepts/" + item.text("id"))));
        }
        print(left);
        return ExitCode.OK.status();
    }

    private void print(List<JsonView> left) {
        if (output.json) {
            console.print(Json.write(Map.of("items", left)));
        } else if (left.isEmpty()) {
            console.print("No intercepts on this machine.");
        } else {
            left.forEach(item -> console.print("Left " + item.text("workload") + " (" + item.text("name") + ", "
                    + item.text("id") + "): " + item.text("state")));
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
                ExitCode.NOT_FOUND,
                "intercept: " + nameOrId + " (expected: the name or id of one of this machine; see penstock list)");
    }
}
