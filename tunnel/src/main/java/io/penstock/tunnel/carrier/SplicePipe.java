package io.penstock.tunnel.carrier;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * A kernel pipe that bytes pass through on their way from one socket to another. It costs two descriptors.
 *
 * <p>Netty offers {@code spliceTo} on its channels for this, but it cannot tell the end of the source from a pause,
 * so that a half-close is lost; hence its native call is used directly here, and only here.
 *
 * <p><em>Loop-confined</em>.
 */
final class SplicePipe {
    private static final long NO_OFFSET = -1;
    private static final int AS_MUCH_AS_FITS = 1 << 20;

    private final FileDescriptor out;
    private final FileDescriptor in;
    private int held;

    private SplicePipe(FileDescriptor out, FileDescriptor in) {
        this.out = out;
        this.in = in;
    }

    static SplicePipe open() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        return new SplicePipe(ends[0], ends[1]);
    }

    /** Takes what the source has and the pipe can hold; 0 is either a pause or the end. */
    int fillFrom(Socket source) throws IOException {
        int taken = Native.splice(source.intValue(), NO_OFFSET, in.intValue(), NO_OFFSET, AS_MUCH_AS_FITS);
        held += taken;
        return taken;
    }

    /** Gives the sink what it takes; the exact count keeps the kernel from waiting for more before it sends. */
    int drainTo(Socket sink) throws IOException {
        int given = Native.splice(out.intValue(), NO_OFFSET, sink.intValue(), NO_OFFSET, held);
        held -= given;
        return given;
    }

    boolean isEmpty() {
        return held == 0;
    }

    void close() {
        closeQuietly(out);
        closeQuietly(in);
    }

    private static void closeQuietly(FileDescriptor end) {
        try {
            end.close();
        } catch (IOException e) {
            // The descriptor is gone whatever close(2) says, and no byte in it is wanted any more.
        }
    }
}
