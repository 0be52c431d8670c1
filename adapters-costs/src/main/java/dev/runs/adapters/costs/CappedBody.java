package dev.runs.adapters.costs;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer whole, or gives it up as soon as it is too large: then there is nothing. (The
 * JDK's own limiting subscriber fails with the exception that a broken connection fails with.)
 */
final class CappedBody implements BodySubscriber<Optional<byte[]>> {

  private final int mostBytes;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CompletableFuture<Optional<byte[]>> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  CappedBody(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public CompletionStage<Optional<byte[]>> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    buffers.forEach(this::add);
  }

  @Override
  public void onError(Throwable broken) {
    body.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    body.complete(Optional.of(read.toByteArray()));
  }

  private void add(ByteBuffer buffer) {
    if (body.isDone()) {
      return;
    }
    if (read.size() + buffer.remaining() > mostBytes) {
      body.complete(Optional.empty());
      if (subscription != null) {
        subscription.cancel();
      }
      return;
    }
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    read.writeBytes(bytes);
  }
}
