package dev.runs.bootstrap.endtoend;

import com.google.protobuf.Message;
import java.util.List;

/** A client of the protocols that others have made, as their users use it. */
interface PublishedClient extends AutoCloseable {

  /**
   * Calls a method of the {@code RunService} that answers once.
   *
   * @throws RpcClient.Failed when the call fails
   */
  <A extends Message> A call(String method, Message request, A empty);

  /**
   * All that a stream of the {@code RunService} sends until it ends.
   *
   * @throws RpcClient.Failed when it ends with a failure
   */
  <A extends Message> List<A> stream(String method, Message request, A empty);

  @Override
  void close();
}
