package io.penstock.agent;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.AgentControlGrpc.AgentControlImplBase;
import io.penstock.api.control.v1.AgentHello;
import io.penstock.api.control.v1.AgentMessage;
import io.penstock.api.control.v1.Report;
import io.penstock.api.control.v1.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A manager that says what the test says.
 *
 * <p><em>Thread-safe</em>.
 */
public final class FakeManager extends AgentControlImplBase implements AutoCloseable, ServerInterceptor {

    public static final String TOKEN = "secret-of-the-test";

    private final Server server;
    private final BlockingQueue<AgentHello> hellos = new LinkedBlockingQueue<>();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> refusals = new LinkedBlockingQueue<>();
    private @Nullable StreamObserver<Snapshot> agent;

    public FakeManager() throws IOException {
        this(0);
    }

    public FakeManager(int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(this)
                .intercept(this)
                .build()
                .start();
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String shown = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
        if (("Bearer " + TOKEN).equals(shown)) {
            return next.startCall(call, headers);
        }
        refusals.add(true);
        call.close(Status.UNAUTHENTICATED, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    @Override
    public synchronized StreamObserver<AgentMessage> attach(StreamObserver<Snapshot> toAgent) {
        agent = toAgent;
        return new StreamObserver<>() {
            @Override
            public void onNext(AgentMessage message) {
                if (message.hasHello()) {
                    hellos.add(message.getHello());
                } else {
                    reports.add(message.getReport());
                }
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {
                toAgent.onCompleted();
            }
        };
    }

    public synchronized void send(Snapshot snapshot) {
        if (agent == null) {
            throw new IllegalStateException("no agent has come");
        }
        agent.onNext(snapshot);
    }

    public AgentHello nextHello() throws InterruptedException {
        return taken(hellos.poll(20, TimeUnit.SECONDS), "hello");
    }

    public void awaitRefusal() throws InterruptedException {
        taken(refusals.poll(20, TimeUnit.SECONDS), "refused call");
    }

    /** The first report from now on of which that is true. */
    public Report reportWhere(Predicate<Report> wanted) throws InterruptedException {
        while (true) {
            Report report = taken(reports.poll(20, TimeUnit.SECONDS), "report");
            if (wanted.test(report)) {
                return report;
            }
        }
    }

    private static <T> T taken(@Nullable T item, String what) {
        if (item == null) {
            throw new AssertionError("no " + what + " came within 20 s");
        }
        return item;
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
