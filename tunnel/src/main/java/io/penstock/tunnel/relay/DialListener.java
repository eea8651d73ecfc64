package io.penstock.tunnel.relay;

import io.netty.channel.Channel;
import io.penstock.tunnel.frame.ResetCode;

/**
 * How one dial ended: exactly one of the two, on the dialler's loop, unless it was cancelled before.
 *
 * <p><em>Loop-confined</em>.
 */
public interface DialListener {

    /** The target was reached. The channel is the listener's; it is not read yet. */
    void onConnected(Channel channel);

    void onFailed(ResetCode code, String detail);
}
