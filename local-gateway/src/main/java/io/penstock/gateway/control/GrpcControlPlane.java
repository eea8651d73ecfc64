package io.penstock.gateway.control;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.penstock.api.control.v1.GatewayControlGrpc;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.session.ControlPlane;
import io.penstock.gateway.session.GatewayReport;
import io.penstock.gateway.session.Membership;
import io.penstock.tunnel.address.HostPort;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Control calls over gRPC, each with a channel of its own, so that a new call never waits for an old channel's back-off.
 *
 * <p><em>Thread-safe</em>.
 */
public final class GrpcControlPlane implements ControlPlane {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final EventLoopGroup loops;
    private final Class<? extends Channel> channelType;
    private final Settings settings;

    /**
     * How calls are made.
     *
     * @param version of this gateway, told to the manager
     * @param keepAlive how often a silent connection is asked for a sign of life
     * @param keepAliveTimeout how long the sign may take
     *     <p><em>Immutable</em>.
     */
    public record Settings(String version, Duration keepAlive, Duration keepAliveTimeout) {}

    public GrpcControlPlane(EventLoopGroup loops, Class<? extends Channel> channelType, Settings settings) {
        this.loops = loops;
        this.channelType = channelType;
        this.settings = settings;
    }

    @Override
    public Call attach(Membership membership, Listener listener) {
        try {
            // Before the channel, which nobody would close if there were no token.
            String token = membership.manager().token();
            ManagedChannel channel = channel(membership);
            AttachCall call = new AttachCall(channel, membership, listener);
            call.begin(stub(channel, token), ReportWords.hello(membership, settings.version()));
            return call;
        } catch (GatewayProblem | IllegalArgumentException e) {
            // The token file has gone, or the address cannot be used: both may be mended while we wait.
            listener.onEnded(Ending.UNAVAILABLE, String.valueOf(e.getMessage()));
            return new NoCall();
        }
    }

    private ManagedChannel channel(Membership membership) {
        HostPort control = HostPort.parse(membership.control())
                .orElseThrow(() -> GatewayProblem.invalid(
                        "control address of the manager", membership.control(), HostPort.EXPECTATION));
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(control.host(), control.port())
                .eventLoopGroup(loops)
                .channelType(channelType)
                // Listeners only hop to the control loop, so no thread of gRPC's own is needed.
                .directExecutor()
                .keepAliveTime(settings.keepAlive().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(settings.keepAliveTimeout().toNanos(), TimeUnit.NANOSECONDS);
        boolean encrypted = "https".equals(membership.manager().url().getScheme());
        return (encrypted ? builder.useTransportSecurity() : builder.usePlaintext()).build();
    }

    private static GatewayControlGrpc.GatewayControlStub stub(ManagedChannel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return GatewayControlGrpc.newStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Stands for a call that could not begin. Immutable. */
    private static final class NoCall implements Call {
        @Override
        public void report(GatewayReport report) {}

        @Override
        public void more() {}

        @Override
        public void end() {}
    }
}
