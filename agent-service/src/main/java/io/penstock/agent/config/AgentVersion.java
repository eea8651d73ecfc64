package io.penstock.agent.config;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/**
 * The version that the jar's manifest names; "dev" when the classes do not come from a jar.
 *
 * <p><em>Immutable</em>.
 */
final class AgentVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = AgentVersion.class.getPackage().getImplementationVersion();
        return new String[] {"penstock-agent " + Objects.requireNonNullElse(version, "dev")};
    }
}
