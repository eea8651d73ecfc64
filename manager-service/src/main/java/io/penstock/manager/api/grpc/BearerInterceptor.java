package io.penstock.manager.api.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.penstock.manager.security.BearerToken;

/**
 * Lets a call through when it shows the bearer token, whatever service it is for.
 *
 * <p><em>Thread-safe</em>.
 */
public final class BearerInterceptor implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final BearerToken token;

    public BearerInterceptor(BearerToken token) {
        this.token = token;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (token.isShownBy(headers.get(AUTHORIZATION))) {
            return next.startCall(call, headers);
        }
        call.close(
                Status.UNAUTHENTICATED.withDescription(
                        "authorization: missing or wrong (expected: \"Bearer <token>\" with the manager's token)"),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
