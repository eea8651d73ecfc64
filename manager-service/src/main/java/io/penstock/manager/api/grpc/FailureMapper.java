package io.penstock.manager.api.grpc;

import io.grpc.Status;
import io.penstock.manager.plane.Subscriber.Ending;
import io.penstock.manager.refusal.Refusal;

/**
 * What the control plane's refusals and endings are in gRPC's words. UNAVAILABLE asks the peer to try again later.
 *
 * <p><em>Immutable</em>.
 */
final class FailureMapper {
    private FailureMapper() {}

    static Status status(Refusal refusal) {
        Status status = switch (refusal.code()) {
            case INVALID_FIELD -> Status.INVALID_ARGUMENT;
            case UNKNOWN_SESSION, UNKNOWN_WORKLOAD, UNKNOWN_INTERCEPT, UNKNOWN_AGENT -> Status.NOT_FOUND;
            case CONFLICT -> Status.FAILED_PRECONDITION;
            case LIMIT_REACHED, BUSY, STORE_UNAVAILABLE -> Status.UNAVAILABLE;
        };
        return status.withDescription(refusal.detail());
    }

    static Status status(Ending ending) {
        return switch (ending) {
            case TAKEN_OVER -> Status.ABORTED.withDescription("a newer Attach call of the same id took over");
            case DEPARTED -> Status.OK;
            case LEASE_OVER ->
                Status.UNAVAILABLE.withDescription("nothing was reported for a whole lease; attach again");
            case STOPPING -> Status.UNAVAILABLE.withDescription("the manager stops; attach again");
        };
    }
}
