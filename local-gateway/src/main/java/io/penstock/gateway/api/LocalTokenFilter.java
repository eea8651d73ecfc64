package io.penstock.gateway.api;

import io.penstock.gateway.home.LocalToken;
import io.penstock.gateway.json.Json;
import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody at the local REST who does not show the token; web pages of a browser on this machine cannot. Health and metrics
 * are open. Bodies are bounded, by the length that they announce.
 *
 * <p><em>Thread-safe</em>.
 */
@Component
final class LocalTokenFilter extends OncePerRequestFilter {

    private static final int MAX_BODY = 64 * 1024;

    private final LocalToken token;

    LocalTokenFilter(LocalToken token) {
        this.token = token;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!token.isShownBy(Objects.requireNonNullElse(request.getHeader("Authorization"), ""))) {
            refuse(
                    response,
                    GatewayProblem.of(
                            ProblemType.GATEWAY_TOKEN,
                            "Authorization: missing or wrong (expected: Bearer and the token in the service's state file)"));
        } else if (request.getContentLengthLong() > MAX_BODY || request.getHeader("Transfer-Encoding") != null) {
            refuse(
                    response,
                    GatewayProblem.of(
                            ProblemType.BODY_TOO_LARGE,
                            "body: " + length(request) + " (expected: at most " + MAX_BODY
                                    + " bytes, with a Content-Length)"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static String length(HttpServletRequest request) {
        long bytes = request.getContentLengthLong();
        return bytes < 0 ? "chunked" : bytes + " bytes";
    }

    private static void refuse(HttpServletResponse response, GatewayProblem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(Json.write(ProblemBody.of(problem)));
    }
}
