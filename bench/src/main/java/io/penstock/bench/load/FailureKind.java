package io.penstock.bench.load;

/** How a request failed. Immutable. */
public enum FailureKind {
    /** The connection could not be opened. */
    NOT_CONNECTED("not connected"),
    /** The connection was reset, before or in the middle of the answer. */
    RESET("reset"),
    /** The answer, or the end of the connection that it announced, did not come in time. */
    TIMED_OUT("timed out"),
    /** The connection ended cleanly before the whole body was there. */
    SHORT("short"),
    /** A body of the wrong length or content, or an answer that is not HTTP/1.1. */
    ALTERED("altered"),
    /** A whole answer with another status than 200. */
    STATUS("status");

    private final String label;

    FailureKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
