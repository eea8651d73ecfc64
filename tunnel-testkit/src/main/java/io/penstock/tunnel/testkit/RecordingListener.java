package io.penstock.tunnel.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.penstock.tunnel.stream.CloseCause;
import io.penstock.tunnel.stream.MuxStream;
import io.penstock.tunnel.stream.StreamListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relay that writes down what it hears, as short words, and can be told to call back from inside: {@code accepted},
 * {@code data}, {@code writable}, {@code half-closed}, {@code closed}.
 *
 * <p><em>Loop-confined</em>.
 */
public final class RecordingListener implements StreamListener {

    private final List<String> heard = new ArrayList<>();
    private final Map<String, Runnable> reactions = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable MuxStream stream;
    private boolean consumes;

    /** Names the stream, for {@link #consumeAtOnce}. */
    public RecordingListener of(MuxStream owner) {
        stream = owner;
        return this;
    }

    /** Reports every byte as taken by the final socket as soon as it comes. */
    public RecordingListener consumeAtOnce() {
        consumes = true;
        return this;
    }

    /** Calls back, from inside the event. */
    public RecordingListener on(String event, Runnable reaction) {
        reactions.put(event, reaction);
        return this;
    }

    @Override
    public void onAccepted() {
        hear("accepted", "accepted");
    }

    @Override
    public void onData(ByteBuf bytes) {
        int length = bytes.readableBytes();
        text.append(bytes.toString(US_ASCII));
        bytes.release();
        if (consumes && stream != null) {
            stream.consumed(length);
        }
        hear("data", "data " + length);
    }

    @Override
    public void onWritable() {
        hear("writable", "writable");
    }

    @Override
    public void onHalfClosed() {
        hear("half-closed", "half-closed");
    }

    @Override
    public void onClosed(CloseCause cause) {
        hear("closed", "closed " + cause.code() + " by " + cause.initiator());
    }

    private void hear(String event, String entry) {
        heard.add(entry);
        reactions.getOrDefault(event, () -> {}).run();
    }

    /** Everything heard, in order. */
    public List<String> heard() {
        return heard;
    }

    /** All bytes received, as text. */
    public String text() {
        return text.toString();
    }
}
