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
 * Every setting of the gateway service. The components' words become {@code docs/configuration.md}.
 *
 * <p><em>Immutable</em>.
 *
 * @param listen Where the command and browsers reach the service.
 * @param manager Calls of the manager's REST and gRPC.
 * @param session The gateway's presence at the manager.
 * @param link How links behave.
 * @param dial How the developer's app is dialled.
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
     * <p><em>Immutable</em>.
     *
     * @param address Address of a local interface; anything but loopback shows the service to the network.
     * @param port Port of the local REST and of Actuator. Zero takes any free one.
     */
    public record Listen(
            @DefaultValue("127.0.0.1") @NotBlank String address,
            @DefaultValue("4848") @Min(0) @Max(65535) int port) {}

    /**
     * How the manager is called.
     *
     * <p><em>Immutable</em>.
     *
     * @param connectTimeout How long a TCP connection to the manager may take, 100 ms to 1 min.
     * @param requestTimeout How long each REST call may take, connection included, 100 ms to 1 min.
     * @param keepAlive Silence on the control connection after which a sign of life is asked for, 10 s to 10 min.
     * @param keepAliveTimeout How long the sign may take before the connection counts as dead, 1 s to 1 min.
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
     * <p><em>Immutable</em>.
     *
     * @param owner Whose intercepts they are. Empty takes the operating system's user.
     * @param client Which machine it is. Empty takes the host name.
     * @param reconnectFirst Wait before the control call is tried again after its first failure, at least 10 ms; doubles
     *     with each further one.
     * @param reconnectMost Longest wait before the control call is tried again, at most 5 min.
     * @param reconnectJitter Share of each wait that chance may take away, 0 to 1.
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
     * <p><em>Immutable</em>.
     *
     * @param loops Event loops that links and dials are spread over, at most 64. Zero means one for each processor.
     * @param initialWindow Bytes that an agent may send on a new stream before any credit, 16 KiB to the largest window.
     * @param maxWindow The largest window that a stream grows to, in bytes, at most 64 MiB.
     * @param maxUnacknowledged Bytes sent on one link that the agent has not acknowledged, at least 256 KiB; no data leaves
     *     beyond it.
     * @param memory The memory budget: bytes that all links together may hold, at least 16 KiB.
     * @param drainGrace How long running streams may take to finish when a link drains or the service stops, at most 10
     *     min. Zero ends them at once.
     * @param resumeGrace How long a link may be without a carrier before it ends and its connections are reset, 1 s to 10 min;
     *     agents have their own.
     * @param stallTimeout How long a stream may stand still before it is reset, and that only while the budget is exceeded;
     *     at least 1 s.
     * @param keepAlive Signs of life on links.
     */
    public record Link(
            @DefaultValue("0") @Min(0) @Max(64) int loops,
            @DefaultValue("64KB") DataSize initialWindow,
            @DefaultValue("4MB") DataSize maxWindow,
            @DefaultValue("8MB") DataSize maxUnacknowledged,
            @DefaultValue("128MB") DataSize memory,

            @DefaultValue("30s") @DurationMin(seconds = 0) @DurationMax(minutes = 10)
            Duration drainGrace,

            @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
            Duration resumeGrace,

            @DefaultValue("60s") @DurationMin(seconds = 1) Duration stallTimeout,
            @DefaultValue @Valid KeepAlive keepAlive) {}

    /**
     * Signs of life on links.
     *
     * <p><em>Immutable</em>.
     *
     * @param interval Time between PINGs, at least 100 ms.
     * @param openAnswer How long an OPEN may wait for its answer before a PING goes out at once, at least 100 ms.
     * @param suspectAfter How long nothing may come after a PING before the link opens no new streams, at least 100 ms and less
     *     than the silence of a dead one.
     * @param deadAfter Silence, without any byte, after which a carrier is given up, at least 200 ms.
     */
    public record KeepAlive(
            @DefaultValue("5s") @DurationMin(millis = 100) Duration interval,
            @DefaultValue("1s") @DurationMin(millis = 100) Duration openAnswer,
            @DefaultValue("2s") @DurationMin(millis = 100) Duration suspectAfter,
            @DefaultValue("15s") @DurationMin(millis = 200) Duration deadAfter) {}

    /**
     * How the developer's app is dialled.
     *
     * <p><em>Immutable</em>.
     *
     * @param timeout How long one dial may take, 100 ms to 1 min.
     * @param concurrent Dials of one target under way at once, 1 to 10000; the others wait in order.
     * @param queueLimit Streams that may wait for their dial, for each target and event loop; more are refused at once.
     * @param queueWait How long a stream may wait for its dial to begin, 1 s to 5 min; later it is refused.
     * @param holdLimit Streams that may wait for one target that refuses connections, where an intercept says HOLD; one more
     *     is refused at once. Zero holds none.
     * @param holdMemory Bytes of streams that may wait so for one target; a stream that brings more is refused.
     */
    public record Dial(
            @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
            Duration timeout,

            @DefaultValue("64") @Min(1) @Max(10_000) int concurrent,
            @DefaultValue("100000") @Min(1) int queueLimit,

            @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
            Duration queueWait,

            @DefaultValue("1024") @Min(0) @Max(100_000) int holdLimit,
            @DefaultValue("16MB") DataSize holdMemory) {}
}
