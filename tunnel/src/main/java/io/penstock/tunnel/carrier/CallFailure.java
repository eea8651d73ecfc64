package io.penstock.tunnel.carrier;

import io.grpc.Status;
import java.io.IOException;

/**
 * Why a call is over before its time, in one sentence.
 *
 * <p><em>Immutable</em>.
 */
final class CallFailure extends IOException {

    CallFailure(Status status) {
        super(sentence(status));
    }

    private static String sentence(Status status) {
        Throwable cause = status.getCause();
        String why = cause != null && cause.getMessage() != null ? cause.getMessage() : status.getDescription();
        return "call: " + status.getCode() + (why == null ? "" : ", " + why);
    }

    /** The stack is of no use: the failure came from the network. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
