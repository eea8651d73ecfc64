package io.penstock.tunnel.stream;

import io.penstock.tunnel.LoopConfined;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one link by id: hands out our ids, finds streams, and knows which ids are finished and which were never used.
 * Ids count up by two on each side and are not used again within a link.
 *
 * <p><em>Loop-confined</em>.
 */
@LoopConfined
public final class StreamTable {

    private final Map<Integer, MuxStream> streams = new HashMap<>();
    private final int ourParity;
    private int nextOurs;
    private int lastPeers;

    /** @param firstId our first id: 1 for agents, 2 for gateways */
    public StreamTable(int firstId) {
        this.ourParity = firstId & 1;
        this.nextOurs = firstId;
    }

    /** Our next id, or 0 when all are used: then the link must be replaced. */
    public int takeId() {
        if (isSpent()) {
            return 0;
        }
        int id = nextOurs;
        nextOurs += 2;
        return id;
    }

    /** Whether {@link #takeId} has given the last of our ids. */
    public boolean isSpent() {
        return nextOurs <= 0;
    }

    public void add(MuxStream stream) {
        streams.put(stream.id(), stream);
        if (!isOurs(stream.id())) {
            lastPeers = stream.id();
        }
    }

    /** Notes a peer's id that was refused without becoming a stream. */
    public void skip(int id) {
        lastPeers = id;
    }

    public @Nullable MuxStream find(int id) {
        return streams.get(id);
    }

    /** Whether the peer may open this id: its own parity, and beyond every id it used before. */
    public boolean isNextOfPeer(int id) {
        return !isOurs(id) && id > lastPeers;
    }

    /** Whether a stream of this id existed: a late frame for it is no error. */
    public boolean wasUsed(int id) {
        return isOurs(id) ? nextOurs <= 0 || id < nextOurs : id <= lastPeers;
    }

    /** The only way out of the table. */
    public void retire(MuxStream stream) {
        streams.remove(stream.id());
    }

    public int size() {
        return streams.size();
    }

    /** The newest id that the peer has used, 0 before the first. */
    public int lastPeers() {
        return lastPeers;
    }

    /** A copy, so that callbacks may open and retire while it is walked. */
    public List<MuxStream> all() {
        return new ArrayList<>(streams.values());
    }

    public boolean isOurs(int id) {
        return (id & 1) == ourParity;
    }
}
