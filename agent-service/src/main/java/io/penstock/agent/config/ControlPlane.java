package io.penstock.agent.config;

import io.netty.channel.EventLoopGroup;
import io.penstock.agent.control.AgentPresence;
import io.penstock.agent.control.ControlReadings;
import io.penstock.agent.control.ControlTerms;
import io.penstock.agent.control.DirectAdmission;
import io.penstock.agent.control.LinkMeans;
import io.penstock.agent.control.LinkPortRefusals;
import io.penstock.agent.control.ManagerCalls;
import io.penstock.agent.control.ManagerChannel;
import io.penstock.agent.control.ManagerSubscription;
import io.penstock.agent.control.Restoration;
import io.penstock.tunnel.address.HostPort;
import io.penstock.tunnel.carrier.LinkConnector;
import io.penstock.tunnel.carrier.LinkMaker;
import io.penstock.tunnel.carrier.LinkPort;
import io.penstock.tunnel.carrier.NettyLoop;
import io.penstock.tunnel.carrier.OpenCarriers;
import io.penstock.tunnel.carrier.Transport;
import io.penstock.tunnel.link.LinkSettings;
import io.penstock.tunnel.link.TunnelEvents;
import io.penstock.tunnel.tls.ClientTls;
import io.penstock.tunnel.tls.ServerTls;
import io.penstock.tunnel.tls.TlsReloads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The manager's side of the process: the call, and the links that it asks for.
 *
 * <p><em>Thread-safe</em>.
 */
final class ControlPlane implements AutoCloseable {

    /** For the last bytes of links that are over. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(3);

    private final HostLookups lookups = new HostLookups();
    private final ManagerSubscription subscription;
    private final @Nullable LinkPort linkPort;
    private final OpenCarriers carriers;

    ControlPlane(AgentSettings settings, DataPlane data, EventLoopGroup control, Observers observers) {
        Transport transport = data.transport();
        LinkMaker maker = new LinkMaker(
                linkSettings(settings),
                data.terms().budget(),
                TunnelEvents.all(observers.metering().tunnel(), data.terms().tally()));
        this.carriers = maker.carriers();
        LinkConnector connector = new LinkConnector(transport, maker);
        TlsReloads reloads = observers.metering().tunnel().tlsReloads();
        DirectAdmission admission = new DirectAdmission(data::loop, observers.refusals());
        this.linkPort = settings.links()
                .direct()
                .map(route -> LinkPort.open(data.loop(0), transport, place(settings, route, reloads), maker, admission))
                .orElse(null);
        AgentSettings.Tls tls = settings.links().tls();
        ClientTls dialling = ClientTls.open(tls.dialling(), tls.serverName(), reloads);
        LinkMeans means = new LinkMeans(new SlotDialler(connector, data), lookups, dialling, admission);
        ControlTerms terms = new ControlTerms(
                new NettyLoop(control.next()),
                data.routes(),
                means,
                data.terms().tally(),
                observers.readings());
        AgentPresence presence = new AgentPresence(
                newId(),
                settings.workload(),
                data.captured(),
                data.routes().size(),
                settings.links().direct().map(this::advertised).orElse(""),
                tls.port().isPresent());
        ManagerCalls calls = new ManagerCalls(
                ManagerChannel.open(settings.manager().address(), control, transport), settings.manager(), presence);
        this.subscription = new ManagerSubscription(terms, calls, observers.restoration());
    }

    /** Whoever looks at the control plane. <em>Immutable</em>. */
    record Observers(ControlReadings readings, Restoration restoration, LinkPortRefusals refusals, Metering metering) {}

    private static LinkPort.Place place(AgentSettings settings, AgentSettings.DirectRoute route, TlsReloads reloads) {
        return new LinkPort.Place(
                route.listen().resolve(), settings.links().tls().port().map(files -> ServerTls.open(files, reloads)));
    }

    private String advertised(AgentSettings.DirectRoute route) {
        int port = linkPort == null
                ? route.listen().port()
                : linkPort.localAddress().getPort();
        return route.advertise()
                .orElseGet(() -> new HostPort(route.listen().host(), port))
                .toString();
    }

    private static LinkSettings linkSettings(AgentSettings settings) {
        LinkSettings defaults = LinkSettings.defaults();
        return new LinkSettings(
                defaults.credit(),
                defaults.maxUnacknowledged(),
                defaults.keepAlive(),
                settings.links().waits().drain(),
                defaults.stallTimeout(),
                settings.links().waits().resume());
    }

    private static String newId() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return "agent-" + HexFormat.of().formatHex(random);
    }

    void start() {
        subscription.start();
    }

    /**
     * New connections go to the original app, links drain, and the manager hears that we depart. The link port stays: a link that
     * drains may need another carrier, and no new one is admitted.
     */
    void leave() {
        subscription.stop();
    }

    /** Whether all links are over; asked on the control loop. */
    boolean isOver() {
        return subscription.reconciler().isOver();
    }

    @Override
    public void close() {
        if (linkPort != null) {
            linkPort.close();
        }
        carriers.awaitClosed(LAST_BYTES);
        lookups.close();
    }
}
