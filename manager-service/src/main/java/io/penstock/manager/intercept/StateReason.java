package io.penstock.manager.intercept;

/**
 * Why an intercept is in its state: a closed list, stable for programs.
 *
 * <p><em>Immutable</em>.
 */
public enum StateReason {
    /** Nothing needs a reason. */
    NONE("all is as asked for"),
    /** No agent diverts yet: the links are being made. */
    WAITING_FOR_LINK("no agent has its links to the gateway yet; the app answers"),
    /** The workload has no agent. */
    NO_AGENT("no agent of the workload is attached; the app answers"),
    /** No agent diverts any more, though agents and gateway are there. */
    LINK_LOST("no agent has an open link to the gateway; the app answers until one is back"),
    /** The gateway was not heard for a lease. */
    GATEWAY_LOST("the gateway was not heard for a lease; the app answers until it is back"),
    /** The intercept was deleted. */
    LEFT("it was deleted"),
    /** Its session departed. */
    SESSION_DEPARTED("its session departed"),
    /** Its session was not heard for longer than the resume grace. */
    SESSION_EXPIRED("its session was lost for longer than the resume grace"),
    /** Its owner's newer intercept took its place while its gateway was lost. */
    REPLACED("a newer intercept of the same owner took its place");

    private final String meaning;

    StateReason(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
