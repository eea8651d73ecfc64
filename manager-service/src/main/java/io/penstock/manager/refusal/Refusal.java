package io.penstock.manager.refusal;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not done, for a reason its caller can act on. Carries no stack trace: it is an answer, not a
 * fault.
 *
 * <p><em>Immutable</em>.
 */
public final class Refusal extends RuntimeException {
    private static final int MAX_SHOWN = 80;

    private final RefusalCode code;

    public Refusal(RefusalCode code, String detail) {
        super(detail, null, false, false);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** Says "field: value (expected: expectation)", with the value cut to a readable length. */
    public static Refusal invalid(String field, @Nullable Object value, String expectation) {
        return new Refusal(RefusalCode.INVALID_FIELD, sentence(field, value, expectation));
    }

    /** The form of every sentence about a value: what, value, expectation. */
    public static String sentence(String field, @Nullable Object value, String expectation) {
        return String.format(Locale.ROOT, "%s: %s (expected: %s)", field, shown(value), expectation);
    }

    public RefusalCode code() {
        return code;
    }

    public String detail() {
        return Objects.requireNonNullElse(getMessage(), code.name());
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        String text = value.toString().replaceAll("\\p{Cntrl}", "?");
        if (text.isEmpty()) {
            return "empty";
        }
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
