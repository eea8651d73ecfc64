package io.penstock.gateway.api;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Every failure of the local REST as a problem document; what the manager worded stays as it was.
 *
 * <p><em>Thread-safe</em>.
 */
@RestControllerAdvice
final class FailureMapper {

    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> onProblem(GatewayProblem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(problem));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> onUnreadable(HttpMessageNotReadableException failure) {
        LOG.debug("unreadable body", failure);
        return onProblem(GatewayProblem.invalid("body", "not readable", "JSON as the local REST describes it"));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> onOther(Exception failure) {
        if (failure instanceof ErrorResponse answer) {
            int status = answer.getStatusCode().value();
            String detail = String.valueOf(answer.getBody().getDetail());
            return onProblem(new GatewayProblem(status, "about:blank", "Refused by the local REST", detail));
        }
        LOG.error("a call of the local REST failed", failure);
        return onProblem(
                GatewayProblem.of(ProblemType.INTERNAL_ERROR, "gateway: a defect (expected: none); its log says more"));
    }
}
