package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;

/** Reads requests and sends answers as it likes; the stream ends well when it returns. */
@FunctionalInterface
public interface BidiHandler<Q extends Message, A extends Message> {

  /**
   * @throws InterruptedException never by the protocol; so that a handler may wait
   */
  void answer(Call call, Source<Q> source, Sink<A> sink) throws InterruptedException;
}
