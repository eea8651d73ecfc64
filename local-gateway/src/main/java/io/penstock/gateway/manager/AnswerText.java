package io.penstock.gateway.manager;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as text, as far as it is not too long to be kept.
 *
 * <p><em>Loop-confined</em> to its subscription, which calls one method after another.
 */
final class AnswerText implements BodySubscriber<String> {

    private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
    private final long limit;
    private @Nullable Subscription subscription;
    private long length;

    AnswerText(long limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<String> getBody() {
        return text.getBody();
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        text.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        boolean wasTooLong = length > limit;
        length += part.stream().mapToLong(ByteBuffer::remaining).sum();
        if (length <= limit) {
            text.onNext(part);
        } else if (!wasTooLong && subscription != null) {
            subscription.cancel();
            text.onError(new IOException("the answer is longer than " + limit + " bytes"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.onError(failure);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
