package io.penstock.manager.workload;

import io.penstock.manager.refusal.Check;
import io.penstock.manager.refusal.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Deployment, StatefulSet or ReplicaSet. People write "namespace/name", or "namespace/kind/name" when it
 * is not a Deployment.
 *
 * <p><em>Immutable</em>.
 */
public record WorkloadRef(String namespace, String kind, String name) {
    private static final String DEFAULT_KIND = "Deployment";
    private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern KIND = Pattern.compile("Deployment|StatefulSet|ReplicaSet");
    private static final String NAME_RULE = "1 to 63 of a-z, 0-9 and '-', not at either end";

    public WorkloadRef {
        kind = kind.isEmpty() ? DEFAULT_KIND : kind;
        Check.matches("workload.namespace", namespace, DNS_NAME, NAME_RULE);
        Check.matches("workload.kind", kind, KIND, "Deployment, StatefulSet or ReplicaSet");
        Check.matches("workload.name", name, DNS_NAME, NAME_RULE);
    }

    /** Reads the form that people write. */
    public static WorkloadRef parse(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split("/", -1);
        if (parts.length == 2) {
            return new WorkloadRef(parts[0], DEFAULT_KIND, parts[1]);
        }
        if (parts.length == 3) {
            return new WorkloadRef(parts[0], parts[1], parts[2]);
        }
        throw Refusal.invalid("workload", text, "namespace/name, for example shop/checkout");
    }

    @Override
    public String toString() {
        return kind.equals(DEFAULT_KIND) ? namespace + "/" + name : namespace + "/" + kind + "/" + name;
    }
}
