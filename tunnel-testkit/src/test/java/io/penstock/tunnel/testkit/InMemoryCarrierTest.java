package io.penstock.tunnel.testkit;

final class InMemoryCarrierTest implements CarrierContract {
    @Override
    public CarrierRig rig() {
        return new InMemoryRig();
    }
}
