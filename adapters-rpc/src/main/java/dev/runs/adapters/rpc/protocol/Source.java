package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import java.util.Optional;

/** Where the requests of a call come from, one after the other. */
@FunctionalInterface
public interface Source<Q extends Message> {

  /**
   * Waits for the next request; nothing when the client has said that there are no more.
   *
   * @throws CallEnded when the call is over
   * @throws RpcException when what comes is no request
   */
  Optional<Q> next();
}
