package io.penstock.manager.api.rest;

import io.penstock.manager.refusal.Refusal;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says in one sentence what is wrong with a body that could not be read.
 *
 * <p><em>Immutable</em>.
 */
final class UnreadableBody {
    private UnreadableBody() {}

    static String sentence(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return "body: unknown property \"" + path(unknown) + "\" (expected: one of " + known(unknown) + ")";
            }
            if (cause instanceof MismatchedInputException mismatched) {
                Class<?> type = Objects.requireNonNullElse(mismatched.getTargetType(), Object.class);
                return Refusal.sentence(
                        mismatched.getPath().isEmpty() ? "body" : path(mismatched),
                        "a value of another kind",
                        name(type));
            }
            if (cause instanceof StreamReadException broken) {
                TokenStreamLocation at = broken.getLocation();
                String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
                return "body: not JSON" + place + " (expected: a JSON object)";
            }
        }
        return "body: missing or unreadable (expected: a JSON object)";
    }

    private static String path(JacksonException failed) {
        var text = new StringBuilder();
        for (JacksonException.Reference step : failed.getPath()) {
            if (step.getPropertyName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return text.toString();
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> ids = unknown.getKnownPropertyIds();
        return ids == null ? "none" : ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String name(Class<?> type) {
        if (Number.class.isAssignableFrom(type) || type == int.class) {
            return "a number";
        }
        if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "a JSON object";
    }
}
