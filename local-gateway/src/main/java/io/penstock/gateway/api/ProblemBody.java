package io.penstock.gateway.api;

import io.penstock.gateway.problem.GatewayProblem;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem as a problem+json document.
 *
 * <p><em>Immutable</em>.
 */
final class ProblemBody {

    private ProblemBody() {}

    static Map<String, Object> of(GatewayProblem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", problem.type());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        return body;
    }
}
