package io.penstock.manager.store;

import io.penstock.manager.plane.PlaneStore;

final class MemoryPlaneStoreTest implements PlaneStoreContract {
    private final PlaneStore stores = PlaneStore.inMemory();

    @Override
    public PlaneStore stores() {
        return stores;
    }
}
