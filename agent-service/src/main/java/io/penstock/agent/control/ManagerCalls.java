package io.penstock.agent.control;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.penstock.api.control.v1.AgentControlGrpc;
import io.penstock.api.control.v1.AgentControlGrpc.AgentControlStub;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.tunnel.link.Loop;
import java.io.IOException;

/**
 * Calls to one manager: each with the token that the file holds by then, and begun by the hello.
 *
 * <p><em>Loop-confined</em>: the control loop; made by another thread before, because loading gRPC takes a while.
 */
public final class ManagerCalls {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final ManagerAddress manager;
    private final AgentControlStub stub;
    private final AgentHello hello;

    public ManagerCalls(ManagedChannel channel, ManagerAddress manager, AgentPresence presence) {
        this.channel = channel;
        this.manager = manager;
        this.stub = AgentControlGrpc.newStub(channel);
        this.hello = presence.hello();
    }

    AttachCall begin(Loop control, AttachCall.Owner owner) throws IOException {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + manager.token().read());
        // Our own back-off decides when to try again, not that of the channel under it, which grows to minutes.
        channel.resetConnectBackoff();
        AttachCall call = new AttachCall(control, owner);
        stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .attach(call);
        call.hello(hello);
        return call;
    }

    ManagerAddress manager() {
        return manager;
    }

    void close() {
        channel.shutdown();
    }
}
