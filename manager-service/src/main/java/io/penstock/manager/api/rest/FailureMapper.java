package io.penstock.manager.api.rest;

import io.penstock.manager.refusal.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Everything that can go wrong in a request, as a problem document.
 *
 * <p><em>Thread-safe</em>.
 */
@Hidden
@RestControllerAdvice
final class FailureMapper {
    private static final Logger log = LoggerFactory.getLogger(FailureMapper.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onRefusal(Refusal refusal) {
        ProblemType type = switch (refusal.code()) {
            case INVALID_FIELD -> ProblemType.INVALID_FIELD;
            case UNKNOWN_SESSION -> ProblemType.UNKNOWN_SESSION;
            case UNKNOWN_WORKLOAD -> ProblemType.UNKNOWN_WORKLOAD;
            case UNKNOWN_INTERCEPT -> ProblemType.UNKNOWN_INTERCEPT;
            case UNKNOWN_AGENT -> ProblemType.UNKNOWN_AGENT;
            case CONFLICT -> ProblemType.CONFLICT;
            case LIMIT_REACHED -> ProblemType.LIMIT_REACHED;
            case BUSY -> ProblemType.BUSY;
            case STORE_UNAVAILABLE -> ProblemType.STORE_UNAVAILABLE;
        };
        return answer(type, refusal.detail());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onUnreadable(HttpMessageNotReadableException unreadable) {
        return answer(ProblemType.MALFORMED_REQUEST, UnreadableBody.sentence(unreadable));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onParameter(MethodArgumentTypeMismatchException wrong) {
        Class<?> type = Objects.requireNonNullElse(wrong.getRequiredType(), Object.class);
        return answer(
                ProblemType.MALFORMED_REQUEST,
                Refusal.sentence(wrong.getName(), wrong.getValue(), "a value of type " + type.getSimpleName()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onMethod(HttpRequestMethodNotSupportedException wrong) {
        String allowed = Optional.ofNullable(wrong.getSupportedHttpMethods()).stream()
                .flatMap(Collection::stream)
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(" or "));
        return answer(
                ProblemType.METHOD_NOT_ALLOWED,
                Refusal.sentence("method", wrong.getMethod(), allowed),
                wrong.getHeaders());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onMediaType(HttpMediaTypeNotSupportedException wrong) {
        return answer(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                Refusal.sentence("Content-Type", wrong.getContentType(), MediaType.APPLICATION_JSON_VALUE));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> onAccept(HttpMediaTypeNotAcceptableException wrong) {
        return answer(
                ProblemType.NOT_ACCEPTABLE,
                Refusal.sentence("Accept", "a type that is not made", MediaType.APPLICATION_JSON_VALUE));
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    ResponseEntity<ProblemDetail> onPath(Exception unknown) {
        String path = unknown instanceof NoResourceFoundException resource
                ? "/" + resource.getResourcePath()
                : ((NoHandlerFoundException) unknown).getRequestURL();
        return answer(ProblemType.UNKNOWN_PATH, Refusal.sentence("path", path, "a path of /v3/api-docs"));
    }

    /** What Spring refuses for reasons of its own keeps Spring's status; everything else is a defect. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> onOther(Exception other) {
        if (other instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            ProblemDetail problem = known.getBody();
            problem.setType(ProblemType.MALFORMED_REQUEST.urn());
            return answer(problem, new HttpHeaders());
        }
        if (!(other instanceof ErrorResponseException)) {
            log.error("request failed", other);
        }
        return answer(ProblemType.DEFECT, ProblemType.DEFECT.example());
    }

    static ProblemDetail forStatus(int status, String path) {
        HttpStatus known = Optional.ofNullable(HttpStatus.resolve(status)).orElse(HttpStatus.INTERNAL_SERVER_ERROR);
        if (known == HttpStatus.NOT_FOUND) {
            return ProblemType.UNKNOWN_PATH.with(Refusal.sentence("path", path, "a path of /v3/api-docs"));
        }
        ProblemType type = known.is4xxClientError() ? ProblemType.MALFORMED_REQUEST : ProblemType.DEFECT;
        ProblemDetail problem =
                type.with(Refusal.sentence("request", known.getReasonPhrase(), "a request of /v3/api-docs"));
        problem.setStatus(known);
        return problem;
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemType type, String detail) {
        return answer(type, detail, new HttpHeaders());
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemType type, String detail, HttpHeaders headers) {
        return answer(type.with(detail), headers);
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
