package io.penstock.manager.intercept;

import io.penstock.manager.refusal.Check;
import io.penstock.manager.refusal.Refusal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who intercepts and what for, in words for people.
 *
 * <p><em>Immutable</em>.
 */
public record Attribution(String owner, String reason, Map<String, String> labels) {
    private static final int MAX_OWNER = 64;
    private static final int MAX_REASON = 256;
    private static final int MAX_LABELS = 16;
    private static final int MAX_LABEL_VALUE = 253;
    private static final Pattern LABEL_KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9./_-]{0,61}[A-Za-z0-9])?");

    public Attribution {
        Check.text("owner", owner, MAX_OWNER);
        Check.text("reason", reason, MAX_REASON);
        labels = Map.copyOf(labels);
    }

    /** Reads labels, refusing too many, odd keys and long values. */
    public static Map<String, String> labels(@Nullable Map<String, @Nullable String> labels) {
        if (labels == null) {
            return Map.of();
        }
        if (labels.size() > MAX_LABELS) {
            throw Refusal.invalid("labels", labels.size() + " entries", "at most " + MAX_LABELS);
        }
        var checked = new TreeMap<String, String>();
        labels.forEach((key, value) -> {
            Check.matches("labels key", key, LABEL_KEY, "1 to 63 of letters, digits, '.', '/', '_' and '-'");
            checked.put(key, Check.text("labels." + key, value, MAX_LABEL_VALUE));
        });
        return checked;
    }
}
