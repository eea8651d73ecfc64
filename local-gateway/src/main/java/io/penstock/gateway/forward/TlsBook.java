package io.penstock.gateway.forward;

import io.penstock.gateway.session.TlsTerms;
import io.penstock.tunnel.tls.ClientTls;
import io.penstock.tunnel.tls.TlsFiles;
import io.penstock.tunnel.tls.TlsReloads;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * TLS by its terms, made once for each: what was read from files serves all links. There is one entry for each way in which somebody has
 * called a manager since the start.
 *
 * <p><em>Thread-safe</em>.
 */
public final class TlsBook {

    private final Map<TlsTerms, ClientTls> made = new ConcurrentHashMap<>();
    private final TlsReloads reloads;

    public TlsBook(TlsReloads reloads) {
        this.reloads = reloads;
    }

    /**
     * What these terms mean.
     *
     * @throws io.penstock.tunnel.TunnelException with one sentence when a file is of no use
     */
    public ClientTls of(TlsTerms terms) {
        return made.computeIfAbsent(terms, this::make);
    }

    private ClientTls make(TlsTerms terms) {
        String name = terms.serverName();
        return ClientTls.open(
                TlsFiles.of(terms.authorities(), terms.certificate(), terms.key()),
                name.isBlank() ? Optional.empty() : Optional.of(name),
                reloads);
    }
}
