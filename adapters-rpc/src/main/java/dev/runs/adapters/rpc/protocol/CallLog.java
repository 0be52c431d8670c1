package dev.runs.adapters.rpc.protocol;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes note of calls. */
public interface CallLog {

  /** How answers and logs name a request. */
  String requestId(HttpServletRequest request);

  /** A call begins, which ends with {@link #ended} on another thread. */
  void begun(HttpServletRequest request);

  /** A call is over. */
  void ended(Entry entry);

  /**
   * What is known of a call that is over.
   *
   * @param method which call
   * @param admission who made it; nothing when it was refused before that was known
   * @param requestId as answers and logs name it
   * @param failure why it failed; nothing when it went well
   * @param took from the first header to the last byte
   */
  record Entry(
      RpcMethod<?, ?> method,
      Optional<Admission> admission,
      String requestId,
      @Nullable RpcException failure,
      Duration took) {}
}
