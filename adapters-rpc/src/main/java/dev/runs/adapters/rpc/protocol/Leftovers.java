package dev.runs.adapters.rpc.protocol;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What is left of the body of a request that was refused unread. */
final class Leftovers {

  private static final int MOST_BYTES = 64 * 1024;
  private static final Duration A_MOMENT = Duration.ofMillis(500);
  private static final Duration A_LITTLE_WHILE = Duration.ofMillis(1);

  private Leftovers() {}

  /**
   * Throws away what has arrived, or arrives within a moment, for a body follows its headers. When
   * that is not all, the stream is cancelled, and clients of HTTP/2 may not see the answer; the
   * connection of HTTP/1.1 cannot be used again, which the client is told.
   */
  static void throwAway(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var isHttp2 = request.getProtocol().startsWith("HTTP/2");
    var length = request.getContentLengthLong();
    if (length == 0 || (!isHttp2 && length < 0 && request.getHeader("Transfer-Encoding") == null)) {
      return;
    }
    // below what limits a body, for to throw something away is not to take it
    ServletRequest bare = request;
    while (bare instanceof ServletRequestWrapper wrapper) {
      bare = wrapper.getRequest();
    }
    var body = bare.getInputStream();
    var until = System.nanoTime() + A_MOMENT.toNanos();
    var thrownAway = 0L;
    while (!body.isFinished() && thrownAway < MOST_BYTES && System.nanoTime() < until) {
      if (body.available() > 0) {
        thrownAway += body.skip(body.available());
      } else if (!body.isFinished()) {
        LockSupport.parkNanos(A_LITTLE_WHILE.toNanos());
      }
    }
    if (!isHttp2 && !body.isFinished()) {
      response.setHeader("Connection", "close");
    }
  }
}
