package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Connect call with one request and one answer: plain HTTP, where the status tells how it went.
 */
final class ConnectUnary extends Exchange {

  static final String MEDIA_TYPE = "application/";
  static final String VERSION_HEADER = "Connect-Protocol-Version";

  private static final String VERSION = "1";

  private final @Nullable String requestEncoding;
  private boolean isRead;
  private byte @Nullable [] answer;

  ConnectUnary(
      HttpServletRequest request,
      HttpServletResponse response,
      Codec codec,
      Message emptyRequest,
      int mostBytes) {
    super(request, response, codec, emptyRequest, mostBytes);
    this.requestEncoding =
        isGet() ? parameter(request, "compression") : request.getHeader("Content-Encoding");
  }

  /** Nothing goes before it is known how the call went. */
  @Override
  void open() {}

  /** Nothing comes before the only answer. */
  @Override
  void show() {}

  @Override
  void check() {
    if (isGet()) {
      var version = parameter(request, "connect");
      if (version != null && !version.equals("v" + VERSION)) {
        throw new RpcException(RpcCode.INVALID_ARGUMENT, "connect must be v" + VERSION);
      }
    } else {
      checkVersion(request.getHeader(VERSION_HEADER));
    }
    Compression.ofRequest(requestEncoding);
  }

  /**
   * @param version of the header; nothing is fine
   * @throws RpcException when it is another than ours
   */
  static void checkVersion(@Nullable String version) {
    if (version != null && !version.equals(VERSION)) {
      throw new RpcException(RpcCode.INVALID_ARGUMENT, VERSION_HEADER + " must be " + VERSION);
    }
  }

  @Override
  Optional<Duration> timeout() {
    return Timeouts.connect(request.getHeader(Timeouts.CONNECT));
  }

  @Override
  Optional<Message> read() throws IOException {
    if (isRead) {
      return Optional.empty();
    }
    isRead = true;
    var bytes = isGet() ? ofQuery() : ofBody();
    var plain = Compression.ofRequest(requestEncoding).decompress(bytes, mostBytes);
    return Optional.of(codec.read(plain, emptyRequest));
  }

  private byte[] ofBody() throws IOException {
    if (request.getContentLengthLong() > mostBytes) {
      throw Compression.tooLarge(mostBytes);
    }
    var bytes = request.getInputStream().readNBytes(mostBytes + 1);
    if (bytes.length > mostBytes) {
      throw Compression.tooLarge(mostBytes);
    }
    return bytes;
  }

  private byte[] ofQuery() {
    var message = parameter(request, "message");
    if (message == null) {
      throw new RpcException(RpcCode.INVALID_ARGUMENT, "the query has no message");
    }
    if (!"1".equals(parameter(request, "base64"))) {
      return message.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getUrlDecoder().decode(message);
    } catch (IllegalArgumentException e) {
      throw new RpcException(RpcCode.INVALID_ARGUMENT, "message is not URL-safe base64");
    }
  }

  @Override
  void write(Message message, boolean isFlushed) {
    answer = codec.write(message);
  }

  @Override
  void end(@Nullable RpcException failure, Map<String, String> trailers) throws IOException {
    trailers.forEach((name, value) -> response.setHeader("Trailer-" + name, value));
    if (failure == null && answer != null) {
      answer(answer);
    } else {
      fail(
          response,
          failure == null ? new RpcException(RpcCode.INTERNAL, "there is no answer") : failure);
    }
  }

  private void answer(byte[] bytes) throws IOException {
    var compression = Compression.ofAnswer(requestEncoding, request.getHeader("Accept-Encoding"));
    var isCompressed = compression != Compression.IDENTITY && bytes.length >= Compression.WORTH_IT;
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(MEDIA_TYPE + codec.wireName());
    response.addHeader("Vary", "Accept-Encoding");
    if (isCompressed) {
      response.setHeader("Content-Encoding", compression.wireName());
    }
    var body = isCompressed ? compression.compress(bytes) : bytes;
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.getOutputStream().close();
  }

  /** Writes a failure, which is JSON whatever the request was. */
  static void fail(HttpServletResponse response, RpcException failure) throws IOException {
    var body = ConnectErrors.body(failure);
    response.setStatus(failure.code().httpStatus());
    response.setContentType("application/json");
    response.setHeader("Accept-Encoding", Compression.SUPPORTED);
    failure.metadata().forEach(response::setHeader);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.getOutputStream().close();
  }

  /**
   * The first value of a parameter of the query; nothing when there is none.
   *
   * @throws RpcException when it is not well encoded
   */
  static @Nullable String parameter(HttpServletRequest request, String name) {
    var query = request.getQueryString();
    if (query == null) {
      return null;
    }
    try {
      return Arrays.stream(query.split("&"))
          .filter(pair -> pair.startsWith(name + "="))
          .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
          .findFirst()
          .orElse(null);
    } catch (IllegalArgumentException e) {
      throw new RpcException(RpcCode.INVALID_ARGUMENT, "the query is not well encoded");
    }
  }
}
