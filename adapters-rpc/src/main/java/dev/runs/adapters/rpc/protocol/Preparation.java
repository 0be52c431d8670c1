package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;

/** What becomes of each request before its handler sees it. */
@FunctionalInterface
public interface Preparation {

  /** Takes requests as they come. */
  Preparation NONE = (_, request) -> request;

  /**
   * Fills in what may be left out, or refuses what must not be.
   *
   * @return a message of the same type
   * @throws RpcException when the request is refused
   */
  Message prepare(Call call, Message request);

  /** This one, and then another. */
  default Preparation then(Preparation next) {
    return (call, request) -> next.prepare(call, prepare(call, request));
  }
}
