package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;

/** Answers one request with any number of answers; the stream ends well when it returns. */
@FunctionalInterface
public interface StreamHandler<Q extends Message, A extends Message> {

  /**
   * @throws InterruptedException never by the protocol; so that a handler may wait
   */
  void answer(Call call, Q request, Sink<A> sink) throws InterruptedException;
}
