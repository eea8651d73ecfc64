package io.penstock.manager.config;

import io.penstock.manager.refusal.Refusal;
import io.penstock.manager.security.StartRefused;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Why a start failed, as one sentence.
 *
 * <p><em>Startup only</em>.
 */
public final class StartFailure {
    private static final String GRPC_BIND = "Failed to bind to address ";

    private StartFailure() {}

    /** Explains the innermost cause that it knows: the outer ones only say that the inner one happened. */
    public static String sentence(Throwable failure) {
        @Nullable String known = null;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String explained = known(cause);
            known = explained == null ? known : explained;
            root = cause;
        }
        return known == null
                ? "did not start: " + root.getClass().getSimpleName() + ": " + oneLine(root.getMessage())
                : known;
    }

    private static @Nullable String known(Throwable cause) {
        if (cause instanceof StartRefused) {
            return oneLine(cause.getMessage());
        }
        if (cause instanceof PortInUseException port) {
            return Refusal.sentence(
                    "port", port.getPort() + " is in use", "a free one; see server.port and management.server.port");
        }
        if (cause instanceof IOException io && oneLine(io.getMessage()).startsWith(GRPC_BIND)) {
            String address = oneLine(io.getMessage()).substring(GRPC_BIND.length());
            return Refusal.sentence(
                    "gRPC address", address + " cannot be bound", "a free port here; see spring.grpc.server.port");
        }
        if (cause instanceof UnboundConfigurationPropertiesException unknown) {
            return Refusal.sentence("configuration", names(unknown), "only the keys of docs/configuration.md");
        }
        if (cause instanceof BindValidationException invalid) {
            return invalid.getValidationErrors().getAllErrors().stream()
                    .map(StartFailure::fieldError)
                    .collect(Collectors.joining("; "));
        }
        return cause instanceof BindException bind ? value(bind) : null;
    }

    private static String names(UnboundConfigurationPropertiesException unknown) {
        return unknown.getUnboundProperties().stream()
                .map(property -> property.getName().toString())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String value(BindException bind) {
        ConfigurationProperty property = bind.getProperty();
        Object value = property == null ? null : property.getValue();
        return Refusal.sentence(
                bind.getName().toString(),
                value,
                "a value of type " + simple(bind.getTarget().getType().toString()));
    }

    private static String fieldError(ObjectError error) {
        if (error instanceof FieldError field) {
            return Refusal.sentence(
                    "penstock.manager." + field.getField(),
                    field.getRejectedValue(),
                    oneLine(field.getDefaultMessage()));
        }
        return oneLine(error.getDefaultMessage());
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().collect(Collectors.joining(" "));
    }
}
