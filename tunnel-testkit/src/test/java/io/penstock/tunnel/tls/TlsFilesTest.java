package io.penstock.tunnel.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.penstock.tunnel.TunnelException;
import io.penstock.tunnel.testkit.Authority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys from files that change, and from files that are of no use. */
final class TlsFilesTest {

    @TempDir
    Path directory = Path.of("");

    private final TlsReloads reloads = new TlsReloads();
    private Authority authority;
    private TlsFiles.Identity identity;

    @BeforeEach
    void issue() throws IOException {
        authority = Authority.in(directory, "authority");
        identity = authority.issue("relay");
    }

    private TlsFiles server() {
        return new TlsFiles(Optional.empty(), Optional.of(identity));
    }

    private static Object contextOf(WatchedContext context) {
        List<Object> now = new ArrayList<>();
        SslHandler handler = context.use(current -> {
            now.add(current);
            return current.newHandler(UnpooledByteBufAllocator.DEFAULT);
        });
        ReferenceCountUtil.release(handler.engine());
        return now.get(0);
    }

    @Test
    void takesAChangedPairOnceAndLeavesUnchangedOnesAlone() throws IOException {
        WatchedContext context = watched();
        Object first = contextOf(context);
        assertThat(contextOf(context)).isSameAs(first);

        authority.issue("relay");

        Object second = contextOf(context);
        assertThat(second).isNotSameAs(first);
        assertThat(contextOf(context)).isSameAs(second);
        assertThat(reloads.taken()).isEqualTo(1);
        assertThat(reloads.failed()).isZero();
        context.close();
    }

    @Test
    void keepsTheOldPairWhileTheNewOneIsOfNoUse() throws IOException {
        WatchedContext context = watched();
        Object first = contextOf(context);

        Files.writeString(identity.key(), "-----BEGIN NOTHING-----");
        assertThat(contextOf(context)).isSameAs(first);
        assertThat(contextOf(context)).isSameAs(first);
        assertThat(reloads.failed()).isEqualTo(1);

        Files.delete(identity.key());
        assertThat(contextOf(context)).isSameAs(first);
        assertThat(reloads.failed()).isEqualTo(2);

        authority.issue("relay");
        assertThat(contextOf(context)).isNotSameAs(first);
        assertThat(reloads.taken()).isEqualTo(1);
        context.close();
    }

    @Test
    void namesTheFileThatIsOfNoUse() throws IOException {
        TlsFiles.Identity other = authority.issue("other");
        Path garbage = Files.writeString(directory.resolve("garbage"), "garbage");

        assertThatThrownBy(() -> serverOf(new TlsFiles.Identity(identity.certificate(), other.key())))
                .isInstanceOf(TunnelException.class)
                .hasMessageContaining(other.key() + " is the key of another certificate");
        assertThatThrownBy(() -> serverOf(new TlsFiles.Identity(identity.certificate(), garbage)))
                .hasMessageContaining(garbage + " holds no private key");
        assertThatThrownBy(() -> serverOf(new TlsFiles.Identity(garbage, identity.key())))
                .hasMessageContaining(garbage.toString());
        assertThatThrownBy(() -> serverOf(new TlsFiles.Identity(directory.resolve("none"), identity.key())))
                .hasMessageContaining("none cannot be read");
        assertThatThrownBy(() -> TlsFiles.of("", "certificate", " ")).hasMessageContaining("together with its key");
        assertThatThrownBy(() -> ServerTls.open(TlsFiles.of("ca", "", ""), reloads))
                .hasMessageContaining("expected: a port's certificate and key");
    }

    @Test
    void refusesOurOwnCertificateWhenItIsOver() throws IOException {
        TlsFiles.Identity over = authority.issueExpired("over");

        assertThatThrownBy(() -> serverOf(over))
                .hasMessageContaining(over.certificate() + " is of no use")
                .hasMessageContaining("expected: a certificate that is valid now");
    }

    @Test
    void takesABundleInWhichOneAuthorityIsOver() throws Exception {
        Path bundle = directory.resolve("bundle.crt");
        Path over = Authority.expiredIn(directory, "over").certificate();
        Files.writeString(bundle, Files.readString(over) + Files.readString(authority.certificate()));
        TlsFiles trusting = new TlsFiles(Optional.of(bundle), Optional.of(authority.issue("client")));

        try (ServerTls server = ServerTls.open(new TlsFiles(Optional.of(bundle), Optional.of(identity)), reloads);
                ClientTls client = ClientTls.open(trusting, Optional.of("localhost"), reloads)) {
            assertThat(client.callContext().isClient()).isTrue();
            SslHandler handler = server.newHandler(UnpooledByteBufAllocator.DEFAULT);
            assertThat(handler.engine().getNeedClientAuth()).isTrue();
            ReferenceCountUtil.release(handler.engine());
        }
    }

    @Test
    void readsNothingBeforeAClientWithoutFilesDials() {
        ClientTls client = ClientTls.open(TlsFiles.of("", "", ""), Optional.empty(), reloads);

        SslHandler handler = client.newHandler(
                UnpooledByteBufAllocator.DEFAULT, InetSocketAddress.createUnresolved("relay.example", 7070));

        assertThat(handler.engine().getPeerHost()).isEqualTo("relay.example");
        assertThat(handler.engine().getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThat(handler.engine().getEnabledProtocols())
                .contains("TLSv1.3", "TLSv1.2")
                .doesNotContain("TLSv1.1");
        Certificate[] shown = handler.engine().getSession().getLocalCertificates();
        assertThat(shown).isNullOrEmpty();
        ReferenceCountUtil.release(handler.engine());
        client.close();
    }

    private void serverOf(TlsFiles.Identity files) {
        ServerTls.open(new TlsFiles(Optional.empty(), Optional.of(files)), reloads);
    }

    private WatchedContext watched() {
        return new WatchedContext(
                server(),
                WatchedContext.provider(),
                files -> io.netty.handler.ssl.SslContextBuilder.forServer(
                        Pem.key(
                                files.identity().orElseThrow().key(),
                                Pem.chain(files.identity().orElseThrow().certificate())[0]),
                        Pem.chain(files.identity().orElseThrow().certificate())),
                reloads);
    }
}
