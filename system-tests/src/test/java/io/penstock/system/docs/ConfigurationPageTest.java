package io.penstock.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.tunnel.carrier.Transport;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} to the settings records and the flags. */
class ConfigurationPageTest {

    private static final ServiceSettings MANAGER = new ServiceSettings("penstock.manager", "penstock-manager");
    private static final ServiceSettings GATEWAY = new ServiceSettings("penstock.gateway", "penstock-gateway");

    private static final String INTRODUCTION = """
            # Configuration

            Generated from the settings records and the flags in the code; `ConfigurationPageTest` says how to write it anew. How to start
            each process stands in [operations.md](operations.md).

            Manager and gateway service take a key as an argument (`--penstock.manager.relay.port=7071`), from the environment (upper case,
            dots as underscores, dashes left out: `PENSTOCK_MANAGER_RELAY_ADVERTISEDADDRESS`), or from an `application.yml` in the
            directory that they are started in. A key that they do not know stops the start, with a sentence that names it. Durations are
            written `500ms`, `30s`, `10m`; sizes `64KB`, `8MB`, which count in 1024s.

            """;

    private static final String MANAGER_WORDS = """
            ## Manager

            Where it listens, in Spring's own keys:

            """;

    private static final String GATEWAY_WORDS = """
            ## Gateway service

            The `penstock` command starts it, and hands its own environment on; so the environment is where to set these.

            """;

    private static final String AGENT_WORDS = """
            ## Agent

            `java -jar agent-service.jar`, with these flags. Times are written `500ms`, `30s`, `2m`; sizes `64MiB` (B, KiB, MiB, GiB).

            """;

    private static final String TRANSPORT = """
            ## Every process

            The system property `%s` (`-D%s=...`) chooses how sockets are used: `auto` (the default: the best one that is there), `epoll`,
            `kqueue` or `nio`.
            """.formatted(Transport.PROPERTY, Transport.PROPERTY);

    @Test
    void pageHoldsEverySettingAndFlag() {
        CommandFlags agent = CommandFlags.ofAgent();
        String text = INTRODUCTION
                + MANAGER_WORDS
                + listening()
                + "Its own:\n\n"
                + own(MANAGER)
                + AGENT_WORDS
                + agent.table()
                + agent.exitCodes()
                + GATEWAY_WORDS
                + own(GATEWAY)
                + penstock()
                + TRANSPORT;

        new GeneratedPage("configuration.md", text, ConfigurationPageTest.class).check();
    }

    @Test
    void everySettingIsExplainedInASentence() {
        assertThat(MANAGER.own()).isNotEmpty().allSatisfy(ConfigurationPageTest::isSentence);
        assertThat(GATEWAY.own()).isNotEmpty().allSatisfy(ConfigurationPageTest::isSentence);
    }

    private static void isSentence(ServiceSettings.Setting setting) {
        assertThat(setting.meaning()).as(setting.key()).matches("[A-Z0-9].*[.]").doesNotContain("<", "{@");
    }

    private static String listening() {
        Table table = new Table("key", "value");
        MANAGER.listening().forEach((key, value) -> table.add(Table.code(key), Table.code(value)));
        return table.text();
    }

    private static String own(ServiceSettings service) {
        Table table = new Table("key", "type", "default", "meaning");
        service.own()
                .forEach(setting -> table.add(
                        Table.code(setting.key()), setting.type(), Table.code(setting.standard()), setting.meaning()));
        return table.text();
    }

    private static String penstock() {
        CommandFlags penstock = CommandFlags.ofPenstock();
        StringBuilder text = new StringBuilder("## The `penstock` command\n\n");
        Table environment = new Table("environment", "meaning (default)");
        penstock.environment().forEach(line -> {
            int gap = line.indexOf("  ");
            environment.add(
                    Table.code(line.substring(0, gap)), line.substring(gap).strip());
        });
        text.append(environment.text()).append(penstock.exitCodes());
        for (CommandFlags command : penstock.commands()) {
            text.append("### `").append(command.name()).append("`\n\n");
            text.append(command.summary()).append("\n\n");
            text.append(command.hasFlags() ? command.table() : "");
        }
        return text.toString();
    }
}
