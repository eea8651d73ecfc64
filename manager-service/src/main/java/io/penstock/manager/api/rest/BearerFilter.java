package io.penstock.manager.api.rest;

import io.penstock.manager.security.BearerToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/**
 * Lets a request through when it shows the bearer token; only the API's own description is open to everybody.
 *
 * <p><em>Thread-safe</em>.
 */
public final class BearerFilter extends HttpFilter {
    private final transient BearerToken token;
    private final transient ProblemWriter problems;

    public BearerFilter(BearerToken token, ProblemWriter problems) {
        this.token = token;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isOpen(request) || token.isShownBy(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"penstock\"");
        problems.write(response, ProblemType.UNAUTHENTICATED.with(ProblemType.UNAUTHENTICATED.example()));
    }

    /** By the path that the controllers are found by, so that no odd spelling opens another one. */
    private static boolean isOpen(HttpServletRequest request) {
        String path = request.getServletPath();
        return isBelow(path, "/v3/api-docs") || isBelow(path, "/swagger-ui") || path.equals("/swagger-ui.html");
    }

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/") || path.equals(root + ".yaml");
    }
}
