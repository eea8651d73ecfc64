package io.penstock.gateway.config;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.gateway.control.GrpcControlPlane;
import io.penstock.gateway.forward.AddressLookup;
import io.penstock.gateway.forward.DialTerms;
import io.penstock.gateway.forward.Forwarding;
import io.penstock.gateway.forward.HoldBook;
import io.penstock.gateway.forward.HoldLimits;
import io.penstock.gateway.forward.LinkKeeper;
import io.penstock.gateway.forward.ThrottledTime;
import io.penstock.gateway.forward.TlsBook;
import io.penstock.gateway.forward.TunnelDialler;
import io.penstock.gateway.home.GatewayVersion;
import io.penstock.gateway.home.LocalToken;
import io.penstock.gateway.home.PenstockHome;
import io.penstock.gateway.intercept.ControlLoopQuery;
import io.penstock.gateway.intercept.GatewayCensus;
import io.penstock.gateway.intercept.GatewayDeparture;
import io.penstock.gateway.intercept.InterceptDesk;
import io.penstock.gateway.intercept.LeaveDesk;
import io.penstock.gateway.intercept.ServiceUse;
import io.penstock.gateway.manager.ManagerClient;
import io.penstock.gateway.manager.ManagerSessions;
import io.penstock.gateway.metrics.DialMeters;
import io.penstock.gateway.metrics.GatewayMeter;
import io.penstock.gateway.metrics.HoldMeters;
import io.penstock.gateway.metrics.PresenceMeters;
import io.penstock.gateway.session.GatewaySession;
import io.penstock.gateway.session.ReconnectPolicy;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.LinkMaker;
import io.penstock.tunnel.flow.MemoryBudget;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.metrics.InterceptTally;
import io.penstock.tunnel.metrics.TunnelMeters;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The wiring of the gateway service.
 *
 * <p><em>Startup only</em>.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
public class GatewayConfiguration {

    /** The session's reconnects and requests fit in it twice. */
    private static final Duration QUESTION = Duration.ofSeconds(12);

    @Bean
    GatewayThreads threads(GatewayProperties properties) {
        return new GatewayThreads(properties.link().loops());
    }

    @Bean
    PenstockHome home(Environment environment) {
        String named = environment.getProperty(PenstockHome.VARIABLE, "");
        return PenstockHome.of(Map.of(PenstockHome.VARIABLE, named)).create();
    }

    @Bean
    LocalToken localToken() {
        return LocalToken.random();
    }

    @Bean
    MemoryBudget memoryBudget(GatewayProperties properties) {
        return new MemoryBudget(properties.link().memory().toBytes());
    }

    @Bean
    InterceptTally interceptTally() {
        return new InterceptTally();
    }

    @Bean
    DialMeters dialMeters(MeterRegistry registry) {
        return new DialMeters(registry);
    }

    @Bean
    HoldBook holdBook(GatewayProperties properties, MeterRegistry registry) {
        var dial = properties.dial();
        var holds =
                new HoldBook(new HoldLimits(dial.holdLimit(), dial.holdMemory().toBytes()));
        HoldMeters.bind(registry, holds);
        return holds;
    }

    @Bean
    TunnelMeters tunnelMeters(MeterRegistry registry, MemoryBudget budget) {
        return new TunnelMeters(registry, budget);
    }

    @Bean
    LinkMaker linkMaker(GatewayProperties properties, MemoryBudget budget, InterceptTally tally, TunnelMeters meters) {
        TunnelEvents events = TunnelEvents.all(tally, meters);
        return new LinkMaker(TunnelSettings.link(properties.link()), budget, events);
    }

    @Bean
    TlsBook tlsBook(TunnelMeters meters) {
        return new TlsBook(meters.tlsReloads());
    }

    @Bean
    TunnelDialler tunnelDialler(
            GatewayThreads threads,
            LinkMaker maker,
            GatewayProperties properties,
            DialMeters meters,
            HoldBook holds,
            TlsBook tls) {
        var policy = TunnelSettings.dial(properties.dial(), threads.loops().size());
        var whileDraining = TunnelSettings.heldWhileDraining(properties.link());
        var terms = new DialTerms(threads.transport().socketChannel(), policy, meters, holds, whileDraining);
        var connector = new LinkConnector(threads.transport(), maker);
        var lookup = new AddressLookup(threads.linkLookups(), InetAddress::getAllByName);
        return new TunnelDialler(connector, threads.loops(), terms, lookup, tls);
    }

    @Bean
    AddressLookup targetLookup(GatewayThreads threads) {
        return new AddressLookup(threads.targetLookups(), InetAddress::getAllByName);
    }

    @Bean
    ManagerClient managerClient(GatewayProperties properties, GatewayThreads threads) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(properties.manager().connectTimeout())
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads.waiters())
                .build();
        return new ManagerClient(http, properties.manager().requestTimeout());
    }

    @Bean
    ManagerDoors managerDoors(GatewayThreads threads, GatewayProperties properties, ManagerClient client) {
        var settings = new GrpcControlPlane.Settings(
                GatewayVersion.text(),
                properties.manager().keepAlive(),
                properties.manager().keepAliveTimeout());
        var session = properties.session();
        return new ManagerDoors(
                new ManagerSessions(client, Persons.of(session)),
                new GrpcControlPlane(threads.group(), threads.transport().socketChannel(), settings),
                new ReconnectPolicy(session.reconnectFirst(), session.reconnectMost(), session.reconnectJitter()));
    }

    /** Links tell the session of their changes, and the session tells the links what is wanted: one knot, tied here. */
    @Bean
    ControlLoopParts controlLoopParts(
            GatewayThreads threads,
            TunnelDialler dialler,
            InterceptTally tally,
            AddressLookup lookup,
            HoldBook holds,
            ManagerDoors doors) {
        var loop = threads.control();
        var onLinkChange = new AtomicReference<Runnable>(() -> {});
        var links = new LinkKeeper(
                loop, dialler, () -> requireNonNull(onLinkChange.get()).run());
        var forwarding = new Forwarding(loop, links, tally, lookup, holds, dialler::serve);
        var session = new GatewaySession(loop, doors.desk(), doors.plane(), doors.reconnects(), forwarding);
        onLinkChange.set(session::reportSoon);
        return new ControlLoopParts(loop, new ControlLoopQuery(loop, QUESTION), session, forwarding);
    }

    @Bean
    InterceptDesk interceptDesk(
            ControlLoopParts parts, ManagerClient client, AddressLookup lookup, GatewayProperties properties) {
        String owner = Persons.of(properties.session()).owner();
        return new InterceptDesk(parts.query(), parts.session(), parts.forwarding(), client, lookup, owner);
    }

    @Bean
    LeaveDesk leaveDesk(ControlLoopParts parts, ManagerClient client, GatewayProperties properties) {
        return new LeaveDesk(
                parts.query(),
                parts.session(),
                client,
                Persons.of(properties.session()).owner());
    }

    @Bean
    GatewayCensus gatewayCensus(ControlLoopParts parts, MemoryBudget budget, DialMeters dials, HoldBook holds) {
        return new GatewayCensus(
                parts.query(), parts.session(), parts.forwarding(), budget, dials::waiting, holds::streams);
    }

    @Bean
    @Lazy(false)
    PresenceMeters presenceMeters(MeterRegistry registry, GatewayCensus census, ControlLoopParts parts) {
        FunctionCounter.builder(
                        GatewayMeter.THROTTLED.meterName(), parts.forwarding().throttled(), ThrottledTime::seconds)
                .description(GatewayMeter.THROTTLED.meaning())
                .baseUnit(GatewayMeter.THROTTLED.unit())
                .register(registry);
        return new PresenceMeters(registry, census::status);
    }

    @Bean
    ServiceUse serviceUse() {
        return new ServiceUse();
    }

    @Bean
    GatewayDeparture gatewayDeparture(ControlLoopParts parts, LinkMaker maker, ServiceUse use) {
        return new GatewayDeparture(
                parts.loop(), parts.query(), parts.session(), parts.forwarding(), maker.carriers(), use);
    }
}
