package io.penstock.gateway.api;

import io.penstock.gateway.intercept.InterceptView.Port;
import io.penstock.gateway.intercept.InterceptWish;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.session.CarrierChoice;
import io.penstock.gateway.session.ManagerRef;
import io.penstock.gateway.session.Route;
import io.penstock.gateway.session.TlsTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body that asks for an intercept.
 *
 * @param at the manager, and how to get in
 * @param limits maxStreams, bytesPerSecond, in the manager's words
 * @param onAppRefused what happens while the app refuses connections, in the manager's words
 * @param onGatewayLoss what happens while this gateway cannot be reached, in the manager's words
 *     <p><em>Immutable</em>.
 */
record InterceptRequest(
        @Nullable ManagerDoor at,
        @Nullable String workload,
        @Nullable List<Port> ports,
        @Nullable Map<String, Long> limits,
        @Nullable String onAppRefused,
        @Nullable String onGatewayLoss,
        @Nullable String name,
        @Nullable String reason) {

    /** A manager's REST address, the file with its token, the links' route and TLS. <em>Immutable</em>. */
    record ManagerDoor(
            @Nullable String manager,
            @Nullable String tokenFile,
            @Nullable String route,
            @Nullable TlsDoor tls,
            @Nullable String carrier) {

        ManagerRef toRef() {
            if (manager == null || tokenFile == null) {
                throw GatewayProblem.invalid("manager and tokenFile", "missing", "a URL, and the path of a file");
            }
            ManagerRef ref = ManagerRef.parse(manager, tokenFile, Route.parse(text(route)));
            return ref.with(
                    tls == null ? TlsTerms.DEFAULT : tls.toTerms(),
                    CarrierChoice.parse(text(carrier), CarrierChoice.TCP));
        }
    }

    /** What is to be left, and the manager to ask while the gateway is with none. <em>Immutable</em>. */
    record Leaving(@Nullable ManagerDoor at, @Nullable String nameOrId) {

        String name() {
            if (nameOrId == null || nameOrId.isBlank()) {
                throw GatewayProblem.invalid("nameOrId", text(nameOrId), "the name or id of an intercept");
            }
            return nameOrId;
        }

        ManagerRef manager() {
            if (at == null) {
                throw GatewayProblem.invalid("at", "missing", "a manager");
            }
            return at.toRef();
        }
    }

    /** PEM files, and whose certificate is expected. <em>Immutable</em>. */
    record TlsDoor(
            @Nullable String ca,
            @Nullable String certificate,
            @Nullable String key,
            @Nullable String serverName) {

        TlsTerms toTerms() {
            return new TlsTerms(text(ca), text(certificate), text(key), text(serverName)).check();
        }
    }

    InterceptWish toWish() {
        if (at == null || workload == null || ports == null) {
            throw GatewayProblem.invalid("body", "incomplete", "at, workload and ports");
        }
        Map<String, String> words = new LinkedHashMap<>();
        words.put("onAppRefused", text(onAppRefused));
        words.put("onGatewayLoss", text(onGatewayLoss));
        words.put("name", text(name));
        words.put("reason", text(reason));
        return new InterceptWish(at.toRef(), workload, ports, Objects.requireNonNullElse(limits, Map.of()), words);
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
