package io.penstock.gateway.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Every setting of the gateway service.
 *
 * @param listen where the command and browsers reach the service
 * @param manager calls of the manager's REST and gRPC
 * @param session the gateway's presence at the manager
 * @param link how links behave
 * @param dial how the developer's app is dialled
 *     <p><em>Immutable</em>.
 */
@Validated
@ConfigurationProperties(prefix = "penstock.gateway", ignoreUnknownFields = false)
public record GatewayProperties(
        @DefaultValue @Valid Listen listen,
        @DefaultValue @Valid Manager manager,
        @DefaultValue @Valid Session session,
        @DefaultValue @Valid Link link,
        @DefaultValue @Valid Dial dial) {

    /**
     * Where the service listens.
     *
     * @param address of a local interface; anything but loopback shows the service to the network
     * @param port 0 to 65535; zero takes any free port
     *     <p><em>Immutable</em>.
     */
    public record Listen(
            @DefaultValue("127.0.0.1") @NotBlank String address,
            @DefaultValue("4848") @Min(0) @Max(65535) int port) {}

    /**
     * How the manager is called.
     *
     * @param connectTimeout for a TCP connection to the manager, 100 ms to 1 min
     * @param requestTimeout for each REST call, connection included, 100 ms to 1 min
     * @param keepAlive silence on the control connection after which a sign of life is asked for; at least 10 s, which
     *     is what managers permit
     * @param keepAliveTimeout how long the sign may take before the connection counts as dead, 1 s to 1 min
     *     <p><em>Immutable</em>.
     */
    public record Manager(
            @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
            Duration connectTimeout,

            @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
            Duration requestTimeout,

            @DefaultValue("10s") @DurationMin(seconds = 10) @DurationMax(minutes = 10)
            Duration keepAlive,

            @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(minutes = 1)
            Duration keepAliveTimeout) {}

    /**
     * Who we are at the manager, and how we come back.
     *
     * @param owner whose intercepts they are; empty takes the operating system's user
     * @param client which machine it is; empty takes the host name
     * @param reconnectFirst wait after the first failure, at least 10 ms
     * @param reconnectMost longest wait, at most 5 min
     * @param reconnectJitter share of each wait that chance may take away, 0 to 1
     *     <p><em>Immutable</em>.
     */
    public record Session(
            @DefaultValue("") String owner,
            @DefaultValue("") String client,
            @DefaultValue("100ms") @DurationMin(millis = 10) Duration reconnectFirst,
            @DefaultValue("5s") @DurationMax(minutes = 5) Duration reconnectMost,

            @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("1")
            double reconnectJitter) {}

    /**
     * How links behave.
     *
     * @param loops event loops that links and dials are spread over, 0 to 64; zero is one for each processor
     * @param initialWindow bytes that an agent may send on a new stream before any credit, 16 KiB to {@code maxWindow}
     * @param maxWindow most bytes that a stream's window grows to, at most 64 MiB
     * @param maxUnacknowledged bytes sent on one link that the agent has not acknowledged, at most; at least 256 KiB
     * @param memory bytes that all links together may hold, at least 1 MiB
     * @param drainGrace how long running streams may take to finish when a link drains or the service stops, 0 to 10
     *     min; zero ends them at once
     * @param stallTimeout how long a stream may stand still before it is reset, and that only while memory is short
     * @param keepAlive signs of life on links
     *     <p><em>Immutable</em>.
     */
    public record Link(
            @DefaultValue("0") @Min(0) @Max(64) int loops,
            @DefaultValue("64KB") DataSize initialWindow,
            @DefaultValue("4MB") DataSize maxWindow,
            @DefaultValue("8MB") DataSize maxUnacknowledged,
            @DefaultValue("128MB") DataSize memory,

            @DefaultValue("30s") @DurationMin(seconds = 0) @DurationMax(minutes = 10)
            Duration drainGrace,

            @DefaultValue("60s") @DurationMin(seconds = 1) Duration stallTimeout,
            @DefaultValue @Valid KeepAlive keepAlive) {}

    /**
     * Signs of life on links.
     *
     * @param interval between PINGs
     * @param openAnswer how long an OPEN may wait for its answer before a PING goes out at once
     * @param suspectAfter without a PONG for this long a link opens no streams; less than {@code deadAfter}
     * @param deadAfter without any byte for this long a carrier is given up
     *     <p><em>Immutable</em>.
     */
    public record KeepAlive(
            @DefaultValue("5s") @DurationMin(millis = 100) Duration interval,
            @DefaultValue("1s") @DurationMin(millis = 100) Duration openAnswer,
            @DefaultValue("2s") @DurationMin(millis = 100) Duration suspectAfter,
            @DefaultValue("15s") @DurationMin(millis = 200) Duration deadAfter) {}

    /**
     * How the developer's app is dialled.
     *
     * @param timeout how long one dial may take, 100 ms to 1 min
     * @param concurrent dials of one target under way at once, 1 to 10000; the others wait in order
     * @param queueLimit streams that may wait for their dial, for each target and event loop; more are refused at once
     * @param queueWait how long a stream may wait for its dial to begin, 1 s to 5 min; later it is refused
     *     <p><em>Immutable</em>.
     */
    public record Dial(
            @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
            Duration timeout,

            @DefaultValue("64") @Min(1) @Max(10_000) int concurrent,
            @DefaultValue("100000") @Min(1) int queueLimit,

            @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
            Duration queueWait) {}
}
