package io.penstock.gateway.intercept;

import io.penstock.gateway.problem.GatewayProblem;
import io.penstock.gateway.problem.ProblemType;
import io.penstock.tunnel.link.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Questions of other threads to the control loop, each answered within a deadline.
 *
 * <p><em>Thread-safe</em>.
 */
public final class ControlLoopQuery {

    private final Loop loop;
    private final Duration deadline;

    public ControlLoopQuery(Loop loop, Duration deadline) {
        this.loop = loop;
        this.deadline = deadline;
    }

    /** The answer that the loop gives. */
    <T> T ask(Supplier<T> question) {
        return await(begin(question));
    }

    /** The answer to a question that the loop passes on. */
    <T> T askOn(Supplier<CompletableFuture<T>> question) {
        return await(begin(question).thenCompose(answer -> answer));
    }

    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof GatewayProblem problem
                    ? problem
                    : new IllegalStateException("a question to the control loop failed", e.getCause());
        } catch (TimeoutException e) {
            throw GatewayProblem.of(
                    ProblemType.GATEWAY_BUSY,
                    "gateway: no answer within " + deadline.toSeconds() + " s (expected: one)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GatewayProblem.of(ProblemType.GATEWAY_BUSY, "gateway: interrupted (expected: an answer)");
        }
    }

    private <T> CompletableFuture<T> begin(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
