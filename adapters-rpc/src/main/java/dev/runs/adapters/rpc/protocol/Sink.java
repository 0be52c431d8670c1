package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;

/** Where the answers of a call go, one after the other, each at once. */
@FunctionalInterface
public interface Sink<A extends Message> {

  /**
   * Sends one answer, and waits while the client does not take it. May be called by one thread at a
   * time.
   *
   * @throws CallEnded when the call is over
   */
  void send(A answer);
}
