package io.penstock.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A load to send: every round opens all connections in the same instant. Immutable.
 *
 * @param target where to connect
 * @param ask what each request asks and what its answer must be
 * @param shape how many connections, requests and rounds
 * @param timeout for each request, from connect or send to the end of the answer
 * @param sources local addresses that connections are bound to in turn, port 0 for any; empty leaves it to the system
 */
public record StormPlan(
        InetSocketAddress target, Ask ask, Shape shape, Duration timeout, List<InetSocketAddress> sources) {
    /** What one request asks, and what its answer must be. */
    public record Ask(String path, BodyCheck check) {
        /** Asks a {@link TinyWebApp} for its greeting. */
        public static Ask greeting() {
            return new Ask("/", BodyCheck.greeting());
        }

        ByteBuf request(InetSocketAddress target, boolean last) {
            String text = "GET " + path + " HTTP/1.1\r\nHost: " + target.getHostString() + "\r\n"
                    + (last ? "Connection: close\r\n" : "") + "\r\n";
            return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        }
    }

    /** How many connections, how often, with how many requests each; 1 request means {@code Connection: close}. */
    public record Shape(int connections, int rounds, int requestsPerConnection) {
        public Shape {
            atLeastOne("connections", connections);
            atLeastOne("rounds", rounds);
            atLeastOne("requestsPerConnection", requestsPerConnection);
        }

        private static void atLeastOne(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
            }
        }
    }

    public StormPlan {
        sources = List.copyOf(sources);
    }

    /** Plans short connections: one GET of a {@link TinyWebApp}'s greeting on each. */
    public static StormPlan shortConnections(InetSocketAddress target, int connections, int rounds) {
        return keptConnections(target, connections, rounds, 1);
    }

    /** Plans kept connections: several GETs of a {@link TinyWebApp}'s greeting on each, one after the other. */
    public static StormPlan keptConnections(InetSocketAddress target, int connections, int rounds, int requests) {
        Shape shape = new Shape(connections, rounds, requests);
        return new StormPlan(target, Ask.greeting(), shape, Duration.ofSeconds(30), List.of());
    }

    public StormPlan asking(String path, BodyCheck check) {
        return new StormPlan(target, new Ask(path, check), shape, timeout, sources);
    }

    public StormPlan within(Duration limit) {
        return new StormPlan(target, ask, shape, limit, sources);
    }

    public StormPlan from(List<InetSocketAddress> locals) {
        return new StormPlan(target, ask, shape, timeout, locals);
    }
}
