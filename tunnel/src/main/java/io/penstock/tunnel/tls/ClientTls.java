package io.penstock.tunnel.tls;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TLS of whoever dials a carrier: 1.2 and 1.3; the far end's certificate must be trusted and be for the name that was dialled.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ClientTls implements AutoCloseable {

    private static final long HANDSHAKE_MILLIS = 5_000;

    private final TlsFiles files;
    private final Optional<String> serverName;
    private final TlsReloads reloads;
    private volatile @Nullable WatchedContext made;
    private volatile @Nullable WatchedContext calls;

    private ClientTls(TlsFiles files, Optional<String> serverName, TlsReloads reloads) {
        this.files = files;
        this.serverName = serverName;
        this.reloads = reloads;
    }

    /**
     * Reads the files, if there are any. What needs none is made when the first connection asks for it: most processes never do.
     *
     * @param serverName whose certificate is expected, when that is not the name that is dialled
     * @throws io.penstock.tunnel.TunnelException with one sentence when one of them is of no use
     */
    public static ClientTls open(TlsFiles files, Optional<String> serverName, TlsReloads reloads) {
        ClientTls tls = new ClientTls(files, serverName, reloads);
        if (!files.all().isEmpty()) {
            tls.context();
        }
        return tls;
    }

    private WatchedContext context() {
        WatchedContext there = made;
        if (there == null) {
            synchronized (this) {
                there = made == null
                        ? new WatchedContext(files, WatchedContext.provider(), ClientTls::make, reloads)
                        : made;
                made = there;
            }
        }
        return requireNonNull(there);
    }

    private static SslContextBuilder make(TlsFiles files) {
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        files.trusted().ifPresent(authorities -> builder.trustManager(Pem.certificates(authorities)));
        files.identity().ifPresent(identity -> {
            X509Certificate[] chain = Pem.chain(identity.certificate());
            builder.keyManager(Pem.key(identity.key(), chain[0]), chain);
        });
        return builder;
    }

    /** A handler for one connection to that address, by the files as they are now. */
    public SslHandler newHandler(ByteBufAllocator allocator, InetSocketAddress address) {
        String name = nameOf(address);
        SslHandler handler = context().use(current -> current.newHandler(allocator, name, address.getPort()));
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        return handler;
    }

    /** Whose certificate is expected at that address. */
    public String nameOf(InetSocketAddress address) {
        return serverName.orElseGet(address::getHostString);
    }

    /**
     * What HTTP/2 connections are made with, by the files as they are now. It may be kept for as long as its connection takes to come, hence
     * by the JDK, which counts no references.
     */
    public SslContext callContext() {
        WatchedContext there = calls;
        if (there == null) {
            synchronized (this) {
                there = calls == null
                        ? new WatchedContext(files, SslProvider.JDK, ClientTls::makeForCalls, reloads)
                        : calls;
                calls = there;
            }
        }
        return requireNonNull(there).use(Function.identity());
    }

    private static SslContextBuilder makeForCalls(TlsFiles files) {
        return make(files)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2));
    }

    /** Lets go of what the files gave; connections go on. */
    @Override
    public void close() {
        WatchedContext there = made;
        if (there != null) {
            there.close();
        }
    }
}
