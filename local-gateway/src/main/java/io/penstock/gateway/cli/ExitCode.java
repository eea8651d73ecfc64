package io.penstock.gateway.cli;

/** What the command's exit status means: the same for every command. <em>Immutable</em>. */
public enum ExitCode {
    OK(0, "done"),
    FAILURE(1, "something failed that no other code is about"),
    USAGE(2, "the command line, or a value in it, cannot be used"),
    MANAGER_UNREACHABLE(3, "the manager cannot be reached"),
    NOT_AUTHORISED(4, "the manager does not accept the token, or the token cannot be read"),
    NOT_FOUND(5, "no such workload, session or intercept"),
    CONFLICT(6, "somebody else holds the port or name, or the gateway serves another manager"),
    GATEWAY_FAILED(7, "the gateway service does not start, or does not answer");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    public int status() {
        return status;
    }

    /** For the help and the manual, without the full stop. */
    public String meaning() {
        return meaning;
    }
}
