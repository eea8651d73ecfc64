package io.penstock.manager.agent;

import io.penstock.manager.refusal.Check;
import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.refusal.RefusalCode;
import java.util.regex.Pattern;

/**
 * An agent's name, unique for each start of its process.
 *
 * <p><em>Immutable</em>.
 */
public record AgentId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{8,64}");

    /** Reads the id that an agent gives itself. */
    public static AgentId parse(String value) {
        return new AgentId(Check.matches("agent_id", value, FORM, "8 to 64 of a-z, 0-9 and '-'"));
    }

    /** The refusal for an id that no attached agent has. */
    public Refusal unknown() {
        return new Refusal(
                RefusalCode.UNKNOWN_AGENT, Refusal.sentence("agent", value, "an id from GET /api/v1/agents"));
    }

    @Override
    public String toString() {
        return value;
    }
}
