package io.penstock.gateway.forward;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A name service that answers when it is told to. <em>Loop-confined</em> to the test's thread. */
final class FakeNames implements Executor, AddressLookup.NameService {

    private final Map<String, InetAddress[]> known = new HashMap<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    int questions;
    boolean full;

    AddressLookup lookup() {
        return new AddressLookup(this, this);
    }

    void set(String host, String... addresses) throws UnknownHostException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        known.put(host, all);
    }

    void forget(String host) {
        known.remove(host);
    }

    /** Answers what has been asked. */
    void answer() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Override
    public void execute(Runnable question) {
        if (full) {
            throw new RejectedExecutionException("as scripted");
        }
        questions++;
        waiting.add(question);
    }

    @Override
    public InetAddress[] addressesOf(String host) throws UnknownHostException {
        InetAddress[] found = known.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found;
    }
}
