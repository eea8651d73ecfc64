package io.penstock.manager.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The manager's own settings. Ports and addresses of REST, gRPC and Actuator are Spring's: {@code server.*},
 * {@code spring.grpc.server.*}, {@code management.server.*}.
 *
 * <p><em>Immutable</em>.
 *
 * @param home Directory with the bearer token, the key of the join tokens and the state; made when it is missing. A leading ~ is the
 *     user's home. Empty means the directory "manager" in $PENSTOCK_HOME (~/.penstock), where the penstock command looks for
 *     the token.
 * @param lease How long agents and gateways are waited for.
 * @param link How links are assigned and replaced.
 * @param relay The data plane's meeting point.
 * @param control The control plane.
 * @param limits How much is held at most.
 */
@Validated
@ConfigurationProperties(prefix = "penstock.manager", ignoreUnknownFields = false)
public record ManagerProperties(
        @DefaultValue("") String home,
        @Valid @DefaultValue Lease lease,
        @Valid @DefaultValue Link link,
        @Valid @DefaultValue Relay relay,
        @Valid @DefaultValue Control control,
        @Valid @DefaultValue Limits limits) {
    private static final String HOST_PORT = "(\\S+:[0-9]{1,5})?";

    /**
     * The directory of the secrets: {@code home}, or else below the environment's PENSTOCK_HOME, or else below the user's home.
     *
     * @param penstockHome empty when the variable is not set
     */
    String homeIn(String penstockHome) {
        if (!home.isBlank()) {
            return home;
        }
        Path shared = penstockHome.isBlank()
                ? Path.of(System.getProperty("user.home"), ".penstock")
                : Path.of(penstockHome).toAbsolutePath();
        return shared.resolve("manager").toString();
    }

    /**
     * How long agents and gateways are waited for.
     *
     * @param reportInterval How often agents and gateways are told to report. Zero is refused.
     * @param duration Silence after which an agent or a gateway counts as lost and the app gets its traffic back; longer than
     *     the report interval.
     * @param resumeGrace How long a lost session may come back and go on. Zero ends it at once.
     * @param drainGrace How long the running streams of a left intercept may go on. Zero ends them at once.
     */
    public record Lease(
            @DurationMin(millis = 100) @DurationMax(minutes = 5) @DefaultValue("5s")
            Duration reportInterval,

            @DurationMin(millis = 200) @DurationMax(hours = 1) @DefaultValue("15s")
            Duration duration,

            @DurationMin(millis = 0) @DurationMax(days = 7) @DefaultValue("10m")
            Duration resumeGrace,

            @DurationMin(millis = 0) @DurationMax(hours = 1) @DefaultValue("30s")
            Duration drainGrace) {}

    /**
     * How links are assigned and replaced.
     *
     * @param replaceAfter Wait before a closed link is replaced; doubles with each loss. Zero replaces at once.
     * @param replaceAtMost Longest wait before a closed link is replaced. Zero replaces at once.
     * @param settledAfter A link that was open this long starts again at the shortest wait. Zero: any that was open.
     * @param tokenLife How long a join token is good; the next one follows at half of it, so that for the other half links come
     *     back while no manager answers. Zero is refused.
     */
    public record Link(
            @DurationMin(millis = 0) @DurationMax(minutes = 1) @DefaultValue("100ms")
            Duration replaceAfter,

            @DurationMin(millis = 0) @DurationMax(minutes = 10) @DefaultValue("2s")
            Duration replaceAtMost,

            @DurationMin(millis = 0) @DurationMax(hours = 1) @DefaultValue("10s")
            Duration settledAfter,

            @DurationMin(seconds = 1) @DurationMax(hours = 1) @DefaultValue("5m")
            Duration tokenLife) {}

    /**
     * The data plane's meeting point.
     *
     * @param address Address that the relay binds.
     * @param port Port that the relay binds. Zero takes any free one.
     * @param advertisedAddress The host:port that agents and gateways are told to dial. Empty means the bound one.
     * @param threads Event loops of the relay. Zero means two for each processor.
     * @param kernelSplice Whether bulk is moved inside the kernel where it can be; not with TLS.
     * @param admission Who may wait at the relay, and how long.
     * @param tls What the relay's TLS is made of.
     */
    public record Relay(
            @NotBlank @DefaultValue("127.0.0.1") String address,
            @Min(0) @Max(65535) @DefaultValue("7070") int port,

            @Pattern(regexp = HOST_PORT, message = "host:port, or empty") @DefaultValue("")
            String advertisedAddress,

            @Min(0) @Max(256) @DefaultValue("0") int threads,
            @DefaultValue("true") boolean kernelSplice,
            @Valid @DefaultValue Admission admission,
            @DefaultValue Tls tls) {}

    /**
     * What the relay's TLS is made of: PEM files, read again when they change. Agents and gateways are told by the manager
     * whether to speak TLS.
     *
     * @param certificate The relay's certificate with its chain. Empty means plain TCP.
     * @param key The certificate's private key in PKCS#8.
     * @param clientCa Authorities of client certificates, which every carrier must then show at the relay's port. Carriers that come
     *     as gRPC calls cannot show one there, and are refused. Empty asks for none.
     * @param callsWithoutCertificate Whether carriers that come as gRPC calls are let in all the same when client-ca is set, with the
     *     manager's bearer token and a join token only: for an ingress that asks for certificates itself. Of no effect without
     *     client-ca.
     */
    public record Tls(
            @DefaultValue("") String certificate,
            @DefaultValue("") String key,
            @DefaultValue("") String clientCa,
            @DefaultValue("false") boolean callsWithoutCertificate) {

        /** Whether carriers may come as gRPC calls. */
        boolean admitsCalls() {
            return clientCa.isBlank() || callsWithoutCertificate;
        }
    }

    /**
     * Who may wait at the relay, and how long; one more than a bound is refused as overloaded.
     *
     * @param joinDeadline How long an accepted connection may take to show its token. Zero is refused.
     * @param pairingDeadline How long a carrier waits for the other side's. Zero is refused.
     * @param maxJoining Connections that may owe their token. Zero is refused.
     * @param maxWaiting Carriers that may wait for the other side's. Zero is refused.
     */
    public record Admission(
            @DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("5s")
            Duration joinDeadline,

            @DurationMin(millis = 100) @DurationMax(minutes = 5) @DefaultValue("10s")
            Duration pairingDeadline,

            @Min(1) @Max(1_000_000) @DefaultValue("4096") int maxJoining,
            @Min(1) @Max(1_000_000) @DefaultValue("4096") int maxWaiting) {}

    /**
     * The control plane.
     *
     * @param advertisedAddress The host:port of the gRPC server that sessions are told to attach to. Empty means the bound
     *     one.
     * @param callDeadline How long a REST request waits for the control loop. Zero is refused.
     * @param tick How often leases and replacements are looked at. Zero is refused.
     * @param stopGrace How long a manager that is told to stop lets the streams of its relay go on; new connections go to the original
     *     apps meanwhile, those of intercepts that HOLD or REJECT while their gateway is lost to the gateway still. What still runs then is
     *     not reset: its link waits for the next manager, 30 s by default. Zero waits for none.
     * @param store Where sessions, intercepts, agents and links outlive the process.
     */
    public record Control(
            @Pattern(regexp = HOST_PORT, message = "host:port, or empty") @DefaultValue("")
            String advertisedAddress,

            @DurationMin(millis = 10) @DurationMax(minutes = 1) @DefaultValue("5s")
            Duration callDeadline,

            @DurationMin(millis = 10) @DurationMax(seconds = 1) @DefaultValue("100ms")
            Duration tick,

            @DurationMin(millis = 0) @DurationMax(hours = 1) @DefaultValue("10s")
            Duration stopGrace,

            @Valid @DefaultValue Store store) {}

    /**
     * How much is held at most; what is over is refused with a problem that names the limit.
     *
     * @param sessions Sessions that there may be. Zero refuses all.
     * @param agents Agents that may be attached. Zero refuses all.
     * @param intercepts Intercepts that may run. Zero refuses all.
     * @param endedIntercepts Ended intercepts kept for reading; the oldest is forgotten. Zero keeps none.
     * @param requestBody Bytes of a REST request's body. Zero refuses every body.
     */
    public record Limits(
            @Min(0) @Max(100_000) @DefaultValue("1000") int sessions,
            @Min(0) @Max(100_000) @DefaultValue("1000") int agents,
            @Min(0) @Max(100_000) @DefaultValue("1000") int intercepts,
            @Min(0) @Max(100_000) @DefaultValue("1000") int endedIntercepts,
            @DefaultValue("64KB") DataSize requestBody) {}

    /**
     * Where sessions, intercepts, agents and links outlive the process.
     *
     * @param medium FILE keeps them in the file state.mv.db of the home, so that a manager that is killed comes back as the same
     *     one. MEMORY forgets them.
     * @param writeDeadline How long the control plane waits for a write; beyond it requests for changes are refused until the
     *     write has ended. Zero is refused.
     */
    public record Store(
            @DefaultValue("FILE") Medium medium,

            @DurationMin(millis = 10) @DurationMax(seconds = 4) @DefaultValue("1s")
            Duration writeDeadline) {}

    /** What state is kept on. */
    public enum Medium {
        FILE,
        MEMORY
    }
}
