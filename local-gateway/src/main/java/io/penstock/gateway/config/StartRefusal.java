package io.penstock.gateway.config;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Why the service does not start, in one sentence.
 *
 * <p><em>Startup only</em>.
 */
public final class StartRefusal {

    private static final int DEEPEST = 20;

    private StartRefusal() {}

    public static String sentence(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .map(StartRefusal::known)
                .filter(sentence -> !sentence.isEmpty())
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> "gateway service: cannot start: " + root(failure));
    }

    private static String known(Throwable cause) {
        if (cause instanceof UnboundConfigurationPropertiesException unknown) {
            return unknown.getUnboundProperties().stream()
                            .map(StartRefusal::named)
                            .collect(Collectors.joining(", "))
                    + " (expected: a key of penstock.gateway; see docs/configuration.md)";
        }
        if (cause instanceof BindValidationException invalid) {
            return invalid.getValidationErrors().getAllErrors().stream()
                    .map(error -> named(invalid.getValidationErrors().getName() + "", error))
                    .collect(Collectors.joining(", "));
        }
        if (cause instanceof BindException unreadable) {
            return named(unreadable.getProperty(), unreadable);
        }
        if (cause instanceof PortInUseException port) {
            return "port: " + port.getPort()
                    + " is in use (expected: a free one; set PENSTOCK_GATEWAY_LISTEN_PORT, 0 for " + "any)";
        }
        return "";
    }

    private static String named(ConfigurationProperty property) {
        return property.getName() + ": " + property.getValue();
    }

    private static String named(String prefix, ObjectError error) {
        String field = error instanceof FieldError of ? "." + of.getField() : "";
        Object value = error instanceof FieldError of ? of.getRejectedValue() : "";
        return prefix + field + ": " + value + " (expected: " + error.getDefaultMessage() + ")";
    }

    private static String named(@Nullable ConfigurationProperty property, BindException unreadable) {
        String what = property == null ? unreadable.getName().toString() : named(property);
        return what + " (expected: " + unreadable.getTarget().getType() + ")";
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
