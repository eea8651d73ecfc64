package io.penstock.manager.store;

import io.penstock.manager.security.StartRefused;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.h2.api.ErrorCode;

/**
 * Why a state file cannot be used, in one sentence that says what to do.
 *
 * <p><em>Immutable</em>.
 */
final class Unusable {
    private Unusable() {}

    static StartRefused refusal(Path file, Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                return refused(
                        file + " is in use by another process",
                        "one manager for each penstock.manager.home; stop the other one, or give this one another home",
                        failed);
            }
            if (cause instanceof FlywayValidateException) {
                return refused(
                        file + " was written by another version",
                        "one that this version knows; start the version that wrote it, or move the file away to begin without"
                                + " sessions and intercepts",
                        failed);
            }
        }
        return unreadable(file, failed);
    }

    static StartRefused unreadable(Path file, Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return refused(
                file + " cannot be used (" + firstLine(root) + ")",
                "a whole file that this user can write; put a copy of it in its place, or move it away to begin without"
                        + " sessions and intercepts",
                failed);
    }

    /** Databases explain themselves at length. */
    static String firstLine(Throwable failed) {
        String message = String.valueOf(failed.getMessage());
        return message.lines().findFirst().orElse(message).strip();
    }

    private static StartRefused refused(String what, String expectation, Throwable cause) {
        return new StartRefused("state: " + what + " (expected: " + expectation + ")", cause);
    }
}
