package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer, in the words of one protocol. */
abstract sealed class Exchange permits ConnectUnary, Enveloped {

  private static final int PART_BYTES = 8 * 1024;

  final HttpServletRequest request;
  final HttpServletResponse response;
  final Codec codec;
  final Message emptyRequest;
  final int mostBytes;

  /**
   * @param emptyRequest of the type that is read
   * @param mostBytes how long a message that is read may be
   */
  Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      Codec codec,
      Message emptyRequest,
      int mostBytes) {
    this.request = request;
    this.response = response;
    this.codec = codec;
    this.emptyRequest = emptyRequest;
    this.mostBytes = mostBytes;
  }

  /** Prepares what comes before the first message, where the protocol has it. */
  abstract void open();

  /**
   * Sends what was prepared, for a client that waits for it; afterwards it cannot be told that the
   * connection is closed behind the answer.
   */
  abstract void show() throws IOException;

  /**
   * Looks at what the client says of its messages.
   *
   * @throws RpcException when it cannot be served
   */
  abstract void check();

  /**
   * How long the client waits; nothing when for ever.
   *
   * @throws RpcException when it does not say it well
   */
  abstract Optional<Duration> timeout();

  /**
   * The next request; nothing when there are no more.
   *
   * @throws RpcException when it cannot be read
   */
  abstract Optional<Message> read() throws IOException;

  /** The only request. */
  final Message readOnly() throws IOException {
    var only =
        read().orElseThrow(() -> new RpcException(RpcCode.UNIMPLEMENTED, "there is no request"));
    if (read().isPresent()) {
      throw new RpcException(RpcCode.UNIMPLEMENTED, "there is more than one request");
    }
    return only;
  }

  /** Whether the request has no body. */
  final boolean isGet() {
    return request.getMethod().equals("GET");
  }

  /**
   * Reads what is left of the request and throws it away, up to the length of a message. Many
   * clients send all of it before they read an answer, and one whose stream is cancelled meanwhile,
   * or whose connection is closed, never sees the answer.
   */
  final void throwAwayRest() throws IOException {
    var body = request.getInputStream();
    var part = new byte[PART_BYTES];
    var left = mostBytes;
    while (left > 0) {
      var length = body.read(part);
      if (length < 0) {
        return;
      }
      left -= length;
    }
    if (!request.getProtocol().startsWith("HTTP/2")) {
      response.setHeader("Connection", "close");
    }
  }

  /**
   * Sends an answer.
   *
   * @param isFlushed whether it goes at once
   */
  abstract void write(Message answer, boolean isFlushed) throws IOException;

  /**
   * Tells how it went, and closes the answer.
   *
   * @param failure nothing when it went well
   */
  abstract void end(@Nullable RpcException failure, Map<String, String> trailers)
      throws IOException;
}
