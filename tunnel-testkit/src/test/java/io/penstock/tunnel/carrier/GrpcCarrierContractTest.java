package io.penstock.tunnel.carrier;

import io.penstock.tunnel.testkit.CarrierContract;
import io.penstock.tunnel.testkit.CarrierRig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class GrpcCarrierContractTest implements CarrierContract {
    /** HTTP/2's constants are buffers that stay, made with the first connection. */
    @BeforeAll
    static void loadHttp2() {
        new GrpcCarrierContractTest().rig().close();
    }

    @Override
    public CarrierRig rig() {
        Transport transport = Transport.choose("auto");
        return new ChannelRig(transport, new CallRoad(transport));
    }
}
