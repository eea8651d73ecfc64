package io.penstock.tunnel.carrier;

import io.penstock.tunnel.testkit.Authority;
import io.penstock.tunnel.testkit.CarrierContract;
import io.penstock.tunnel.testkit.CarrierRig;
import io.penstock.tunnel.tls.ClientTls;
import io.penstock.tunnel.tls.ServerTls;
import io.penstock.tunnel.tls.TlsFiles;
import io.penstock.tunnel.tls.TlsReloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class TlsCarrierContractTest implements CarrierContract {

    @TempDir
    static Path directory = Path.of("");

    private static TlsFiles far = TlsFiles.of("", "", "");
    private static TlsFiles near = TlsFiles.of("", "", "");

    @BeforeAll
    static void issue() throws IOException {
        Authority authority = Authority.in(directory, "authority");
        far = authority.trustAs(authority.issue("far"));
        near = authority.trustAs(authority.issue("near"));
    }

    @Override
    public CarrierRig rig() {
        Transport transport = Transport.choose("auto");
        TlsReloads reloads = new TlsReloads();
        SocketRoad.Tls tls =
                new SocketRoad.Tls(ServerTls.open(far, reloads), ClientTls.open(near, Optional.empty(), reloads));
        return new ChannelRig(transport, new SocketRoad(transport, Optional.of(tls)));
    }
}
