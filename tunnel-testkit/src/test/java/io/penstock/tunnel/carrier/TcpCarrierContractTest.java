package io.penstock.tunnel.carrier;

import io.penstock.tunnel.testkit.CarrierContract;
import io.penstock.tunnel.testkit.CarrierRig;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class TcpCarrierContractTest implements CarrierContract {
    @Override
    public CarrierRig rig() {
        Transport transport = Transport.choose("auto");
        return new ChannelRig(transport, new SocketRoad(transport, Optional.empty()));
    }
}
