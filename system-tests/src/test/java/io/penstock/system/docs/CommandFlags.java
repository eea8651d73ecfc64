package io.penstock.system.docs;

import io.penstock.agent.config.AgentFlags;
import io.penstock.gateway.cli.PenstockMain;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command line as picocli knows it.
 *
 * <p><em>Immutable</em>.
 */
record CommandFlags(CommandSpec spec) {

    static CommandFlags ofAgent() {
        return new CommandFlags(new CommandLine(new AgentFlags()).getCommandSpec());
    }

    /** The {@code penstock} command, made as its main class makes it; that is nobody else's business, so it is not public. */
    static CommandFlags ofPenstock() {
        try {
            String home = PenstockMain.class.getPackageName();
            Class<?> console = Class.forName(home + ".Console");
            Constructor<?> constructor = console.getDeclaredConstructor(
                    PrintWriter.class, PrintWriter.class, Map.class, InstantSource.class);
            constructor.setAccessible(true);
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            Method maker = Class.forName(home + ".PenstockCommand").getDeclaredMethod("commandLine", console);
            maker.setAccessible(true);
            Object line =
                    maker.invoke(null, constructor.newInstance(nowhere, nowhere, Map.of(), InstantSource.system()));
            return new CommandFlags(((CommandLine) line).getCommandSpec());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("penstock command (expected: PenstockCommand.commandLine(Console))", e);
        }
    }

    String name() {
        return spec.qualifiedName();
    }

    /** What it does, in a sentence. */
    String summary() {
        CommandLine.Model.UsageMessageSpec usage = spec.usageMessage();
        return String.join("", usage.header().length > 0 ? usage.header() : usage.description());
    }

    /** The commands below it, without help. */
    List<CommandFlags> commands() {
        return spec.subcommands().values().stream()
                .map(line -> new CommandFlags(line.getCommandSpec()))
                .filter(command -> !command.spec().helpCommand())
                .toList();
    }

    boolean hasFlags() {
        return flags().findAny().isPresent();
    }

    /** Flags and arguments, one a row. */
    String table() {
        Table table = new Table("flag", "value", "meaning");
        flags().forEach(flag -> table.add(Table.code(nameOf(flag)), valueOf(flag), meaning(flag)));
        return table.text();
    }

    private Stream<ArgSpec> flags() {
        return Stream.<ArgSpec>concat(
                spec.positionalParameters().stream(), spec.options().stream().filter(CommandFlags::isTold));
    }

    private static boolean isTold(OptionSpec option) {
        return !option.hidden() && !option.usageHelp() && !option.versionHelp();
    }

    private static String nameOf(ArgSpec flag) {
        return flag instanceof OptionSpec option ? String.join(", ", option.names()) : flag.paramLabel();
    }

    private static String valueOf(ArgSpec flag) {
        return flag instanceof OptionSpec && flag.arity().max() > 0 ? Table.code(flag.paramLabel()) : "–";
    }

    private static String meaning(ArgSpec flag) {
        boolean hasAlternative = flag.group() != null && flag.group().exclusive();
        String need = hasAlternative ? " Required, unless its alternative is given." : " Required.";
        return String.join(" ", flag.description()) + (flag.required() ? need : "");
    }

    /** Exit codes, one a row. */
    String exitCodes() {
        Table table = new Table("exit code", "means");
        spec.usageMessage().exitCodeList().forEach((code, meaning) -> table.add(Table.code(code.strip()), meaning));
        return table.text();
    }

    /** What the help says below the flags, without its example. */
    List<String> environment() {
        return Stream.of(spec.usageMessage().footer())
                .map(String::strip)
                .filter(line -> line.startsWith("PENSTOCK_"))
                .toList();
    }
}
