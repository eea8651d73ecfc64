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
 * are open.
 *
 * <p><em>Thread-safe</em>.
 */
@Component
final class LocalTokenFilter extends OncePerRequestFilter {

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
        if (token.isShownBy(Objects.requireNonNullElse(request.getHeader("Authorization"), ""))) {
            chain.doFilter(request, response);
            return;
        }
        GatewayProblem problem = GatewayProblem.of(
                ProblemType.GATEWAY_TOKEN,
                "Authorization: missing or wrong (expected: Bearer and the token in the service's state file)");
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(Json.write(ProblemBody.of(problem)));
    }
}
