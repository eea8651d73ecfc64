package io.penstock.tunnel.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.penstock.tunnel.TunnelException;
import java.security.cert.X509Certificate;

/**
 * TLS of a port that carriers dial: 1.2 and 1.3, with client certificates when there are authorities to check them by.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ServerTls implements AutoCloseable {

    private final WatchedContext context;

    private ServerTls(WatchedContext context) {
        this.context = context;
    }

    /**
     * Reads the files.
     *
     * @throws TunnelException with one sentence when one of them is of no use
     */
    public static ServerTls open(TlsFiles files, TlsReloads reloads) {
        if (files.identity().isEmpty()) {
            throw new TunnelException("TLS_FILES", "certificate: none (expected: a port's certificate and key)");
        }
        return new ServerTls(new WatchedContext(files, WatchedContext.provider(), ServerTls::make, reloads));
    }

    private static SslContextBuilder make(TlsFiles files) {
        TlsFiles.Identity identity = files.identity().orElseThrow();
        X509Certificate[] chain = Pem.chain(identity.certificate());
        SslContextBuilder builder = SslContextBuilder.forServer(Pem.key(identity.key(), chain[0]), chain);
        files.trusted()
                .ifPresent(authorities ->
                        builder.trustManager(Pem.certificates(authorities)).clientAuth(ClientAuth.REQUIRE));
        return builder;
    }

    /** A handler for one connection, by the files as they are now. */
    public SslHandler newHandler(ByteBufAllocator allocator) {
        return context.use(current -> current.newHandler(allocator));
    }

    /** Lets go of what the files gave; connections go on. */
    @Override
    public void close() {
        context.close();
    }
}
