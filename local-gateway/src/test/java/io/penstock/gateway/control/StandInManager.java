package io.penstock.gateway.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.penstock.api.control.v1.GatewayControlGrpc;
import io.penstock.api.control.v1.GatewayMessage;
import io.penstock.api.control.v1.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A manager for tests: real sockets, answers as told. REST answers are by "METHOD /path", each a status and a body.
 *
 * <p><em>Thread-safe</em>.
 */
public final class StandInManager implements AutoCloseable {

    public static final String TOKEN = "manager-token";

    private final HttpServer rest;
    private final Server grpc;
    private final String control;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final BlockingQueue<GatewayMessage> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamObserver<Snapshot>> calls = new LinkedBlockingQueue<>();

    private record Answer(int status, String body) {}

    public StandInManager() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        rest = HttpServer.create(any, 0);
        rest.createContext("/", this::answer);
        rest.start();
        grpc = NettyServerBuilder.forAddress(any)
                .addService(new Control())
                .intercept(new TokenCheck())
                .build()
                .start();
        control = "127.0.0.1:" + grpc.getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + rest.getAddress().getPort();
    }

    public String control() {
        return control;
    }

    /** From now on that request gets that answer. */
    public void on(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
    }

    /** Gives sessions to whoever asks. */
    public void givesSessions() {
        on("POST /api/v1/sessions", 201, "{\"id\":\"s-1\",\"control\":{\"address\":\"" + control() + "\"}}");
        on("DELETE /api/v1/sessions/s-1", 204, "");
    }

    /** Requests so far: method, path and body. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The next message of any gateway. */
    public GatewayMessage nextMessage() throws InterruptedException {
        return Objects.requireNonNull(messages.poll(20, TimeUnit.SECONDS), "no message of a gateway within 20 s");
    }

    /** The next Attach call that its gateway has not ended: what is sent to it goes there. */
    public StreamObserver<Snapshot> nextCall() throws InterruptedException {
        return Objects.requireNonNull(calls.poll(20, TimeUnit.SECONDS), "no Attach call within 20 s");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (requests) {
            requests.add(request + " " + body);
        }
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = known
                ? answers.getOrDefault(request, new Answer(404, problem("unknown-path", 404, "path: " + request)))
                : new Answer(401, problem("unauthenticated", 401, "Authorization: wrong (expected: the token)"));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public static String problem(String type, int status, String detail) {
        return "{\"type\":\"urn:penstock:problem:" + type + "\",\"title\":\"T\",\"status\":" + status + ",\"detail\":\""
                + detail + "\"}";
    }

    @Override
    public void close() {
        rest.stop(0);
        grpc.shutdownNow();
    }

    /** The gRPC side. Thread-safe. */
    private final class Control extends GatewayControlGrpc.GatewayControlImplBase {
        @Override
        public StreamObserver<GatewayMessage> attach(StreamObserver<Snapshot> snapshots) {
            calls.add(snapshots);
            ((ServerCallStreamObserver<Snapshot>) snapshots).setOnCancelHandler(() -> calls.remove(snapshots));
            return new StreamObserver<>() {
                @Override
                public void onNext(GatewayMessage message) {
                    messages.add(message);
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {
                    snapshots.onCompleted();
                }
            };
        }
    }

    /** Refuses calls without the token. Immutable. */
    private static final class TokenCheck implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            @Nullable String shown = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
            if (("Bearer " + TOKEN).equals(shown)) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED.withDescription("wrong token"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
