package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.runs.domain.access.Scope;

/**
 * A call that clients can make, and who answers it.
 *
 * @param descriptor as the service declares it
 * @param request an empty request
 * @param scope what a caller must be allowed
 * @param preparation what becomes of each request before the handler sees it
 */
public record RpcMethod<Q extends Message, A extends Message>(
    MethodDescriptor descriptor,
    Q request,
    Scope scope,
    Preparation preparation,
    Handler<Q, A> handler) {

  /** Who answers, which also tells how many requests and answers there are. */
  sealed interface Handler<Q extends Message, A extends Message> {

    record Unary<Q extends Message, A extends Message>(UnaryHandler<Q, A> answers)
        implements Handler<Q, A> {}

    /** One answer to one request, or to each of many, as the client calls it. */
    record Repeated<Q extends Message, A extends Message>(UnaryHandler<Q, A> answers)
        implements Handler<Q, A> {}

    record Streaming<Q extends Message, A extends Message>(StreamHandler<Q, A> answers)
        implements Handler<Q, A> {}

    record Gathering<Q extends Message, A extends Message>(GatherHandler<Q, A> answers)
        implements Handler<Q, A> {}

    record Bidi<Q extends Message, A extends Message>(BidiHandler<Q, A> answers)
        implements Handler<Q, A> {}

    default boolean hasManyRequests() {
      return this instanceof Gathering || this instanceof Bidi;
    }

    default boolean hasManyAnswers() {
      return this instanceof Streaming || this instanceof Bidi;
    }
  }

  /**
   * @throws IllegalArgumentException when the service declares other requests, or another number of
   *     requests or answers
   */
  public RpcMethod {
    if (descriptor.getInputType() != request.getDescriptorForType()
        || descriptor.isClientStreaming() != handler.hasManyRequests()
        || descriptor.isServerStreaming() != handler.hasManyAnswers()) {
      throw new IllegalArgumentException(
          "the handler does not fit the declaration of " + descriptor.getFullName());
    }
  }

  /** The path that clients ask for, such as {@code /flyteidl2.workflow.RunService/ListRuns}. */
  public String path() {
    return "/" + descriptor.getService().getFullName() + "/" + descriptor.getName();
  }

  /** Whether it can be called with one request for one answer. */
  public boolean isUnary() {
    return !handler.hasManyRequests() && !handler.hasManyAnswers();
  }

  /** Whether it can be called with a stream of requests, of answers, or of both. */
  public boolean isStream() {
    return !isUnary() || handler instanceof Handler.Repeated;
  }

  /** Whether, as a stream, both sides may send at any time, which HTTP/1.1 cannot. */
  public boolean isBidi() {
    return handler instanceof Handler.Bidi || handler instanceof Handler.Repeated;
  }

  /** Whether it changes nothing, so that it can be asked for with GET. */
  public boolean isGettable() {
    return isUnary()
        && descriptor.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS;
  }

  @SuppressWarnings("unchecked") // the descriptors are the same, so the classes are
  Q prepared(Call call, Message message) {
    return (Q) preparation.prepare(call, message);
  }
}
