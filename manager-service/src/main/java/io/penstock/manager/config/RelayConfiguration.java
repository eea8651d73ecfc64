package io.penstock.manager.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.penstock.manager.api.grpc.Reachable;
import io.penstock.manager.metrics.RelayMeters;
import io.penstock.manager.pairing.TokenIssuer;
import io.penstock.manager.security.StartRefused;
import io.penstock.manager.security.StateDirectory;
import io.penstock.manager.session.LeasePolicy;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.carrier.JoinToken;
import io.penstock.tunnel.carrier.JoinTokens;
import io.penstock.tunnel.carrier.RelaySettings;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.tls.ServerTls;
import io.penstock.tunnel.tls.TlsFiles;
import io.penstock.tunnel.tls.TlsReloads;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The relay, its event loops, and the tokens that it asks for.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    JoinTokens joinTokens(StateDirectory home) {
        return new JoinTokens(home.joinKey(), InstantSource.system());
    }

    @Bean
    TokenIssuer tokenIssuer(JoinTokens tokens) {
        return (link, side, expiresAt) -> tokens.sign(new JoinToken(link, side, expiresAt));
    }

    @Bean
    RelayMeters relayMeters(MeterRegistry registry) {
        return new RelayMeters(registry);
    }

    @Bean
    Transport transport() {
        return Transport.choose();
    }

    /** Ended by {@link RelayLifecycle}, after the relay. */
    @Bean(destroyMethod = "")
    EventLoopGroup relayLoops(ManagerProperties properties, Transport transport) {
        return new MultiThreadIoEventLoopGroup(
                properties.relay().threads(), new DefaultThreadFactory("relay", true), transport.ioHandlerFactory());
    }

    @Bean
    RelaySettings relaySettings(ManagerProperties properties, RelayMeters meters) {
        var relay = properties.relay();
        var admission = relay.admission();
        var address = new InetSocketAddress(relay.address(), relay.port());
        var plain = RelaySettings.listeningOn(address)
                .withDeadlines(admission.joinDeadline(), admission.pairingDeadline())
                .withBounds(admission.maxJoining(), admission.maxWaiting())
                .withKernelSplice(relay.kernelSplice());
        return tls(relay.tls(), meters.tlsReloads()).map(plain::withTls).orElse(plain);
    }

    private static Optional<ServerTls> tls(ManagerProperties.Tls tls, TlsReloads reloads) {
        try {
            var files = TlsFiles.of(tls.clientCa(), tls.certificate(), tls.key());
            if (files.identity().isEmpty() && files.trusted().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(ServerTls.open(files, reloads));
        } catch (TunnelException refused) {
            throw new StartRefused("relay TLS: " + refused.getMessage() + "; see penstock.manager.relay.tls", refused);
        }
    }

    @Bean
    RelayLifecycle relayLifecycle(
            RelaySettings settings,
            Transport transport,
            EventLoopGroup relayLoops,
            JoinTokens tokens,
            RelayMeters meters) {
        return new RelayLifecycle(settings, transport, relayLoops, tokens, meters);
    }

    @Bean
    Reachable reachable(ManagerProperties properties, LeasePolicy lease, RelayLifecycle server) {
        var relay = properties.relay();
        Addresses.check("penstock.manager.relay.advertised-address", relay.advertisedAddress(), relay.address());
        return new Reachable(
                lease,
                () -> Addresses.advertised(relay.advertisedAddress(), relay.address(), server.port()),
                !relay.tls().certificate().isBlank());
    }
}
