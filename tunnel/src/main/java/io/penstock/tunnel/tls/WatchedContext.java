package io.penstock.tunnel.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.penstock.tunnel.TunnelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TLS connections are made with, kept as the files say. The files are looked at for each new connection and read when they have
 * changed; there is no thread. Connections go on with what they began with.
 *
 * <pre>
 *              same files   changed, good        changed, of no use
 * IN FORCE     used         the new ones used    the old ones used, said and counted once; looked at again when they change again
 * </pre>
 *
 * Several loops may see a change at once: one of them reads, the others wait for it, which takes milliseconds once for each change.
 *
 * <p><em>Thread-safe</em>.
 */
final class WatchedContext {

    /** Makes what connections need from the files as they are now; fails with a {@link TunnelException} that names the file. */
    interface Maker {
        SslContextBuilder make(TlsFiles files) throws SSLException;
    }

    private record Stamp(String file, String mark) {}

    private static final Logger log = LoggerFactory.getLogger(WatchedContext.class);

    static {
        log.info("TLS by {}", provider() == SslProvider.OPENSSL_REFCNT ? OpenSsl.versionString() : "the JDK");
    }

    private final TlsFiles files;
    private final SslProvider provider;
    private final Maker maker;
    private final TlsReloads reloads;
    private List<Stamp> read;
    private SslContext context;

    WatchedContext(TlsFiles files, SslProvider provider, Maker maker, TlsReloads reloads) {
        this.provider = provider;
        this.files = files;
        this.maker = maker;
        this.reloads = reloads;
        this.read = stamps();
        this.context = make();
    }

    static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }

    /** Lends what the files give now; nobody lets go of it meanwhile. */
    synchronized <T> T use(Function<SslContext, T> user) {
        List<Stamp> stamps = stamps();
        if (!read.equals(stamps)) {
            renew(stamps);
        }
        return user.apply(context);
    }

    private void renew(List<Stamp> stamps) {
        // The stamps are older than what is read: a change in between is read again by the next connection.
        read = stamps;
        try {
            SslContext next = make();
            ReferenceCountUtil.release(context); // its connections hold it too
            context = next;
            reloads.onTaken();
            log.info("TLS: changed files taken: {}", files.all());
        } catch (TunnelException e) {
            reloads.onFailed();
            log.warn("TLS: changed files not taken, the old ones stay in force: {}", e.getMessage());
        }
    }

    /** After the last connection has begun. */
    synchronized void close() {
        ReferenceCountUtil.release(context);
    }

    private SslContext make() {
        try {
            return maker.make(files)
                    .sslProvider(provider)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TunnelException("TLS_FILES", files.all() + ": " + TlsFault.rootOf(e));
        }
    }

    private List<Stamp> stamps() {
        return files.all().stream().map(WatchedContext::stamp).toList();
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(file.toString(), now.fileKey() + " " + now.lastModifiedTime() + " " + now.size());
        } catch (IOException e) {
            return new Stamp(file.toString(), "missing");
        }
    }
}
