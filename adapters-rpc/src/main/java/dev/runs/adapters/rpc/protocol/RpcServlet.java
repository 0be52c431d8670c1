package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers Connect, gRPC and gRPC-Web on the same paths. Which of them is spoken, the method and the
 * media type of a request tell.
 */
public final class RpcServlet extends HttpServlet {

  private static final String POST = "POST";
  private static final String GET = "GET";
  private static final int HTTP_VERSION_NOT_SUPPORTED =
      HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;

  private final transient RpcServices services;
  private final transient Gatekeeper gatekeeper;
  private final transient CallLog log;
  private final int mostBytes;
  private final transient Codec binary = new Codec.Binary();
  private final transient Codec json;
  private final transient Deadlines deadlines = new Deadlines();
  private final transient Set<RunningCall> running = ConcurrentHashMap.newKeySet();
  private volatile boolean isStopping;

  /**
   * @param mostBytes how long a message of a client may be, also when it is decompressed
   */
  public RpcServlet(RpcServices services, Gatekeeper gatekeeper, CallLog log, int mostBytes) {
    this.services = services;
    this.gatekeeper = gatekeeper;
    this.log = log;
    this.mostBytes = mostBytes;
    this.json = new Codec.Json(services.types());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var begun = System.nanoTime();
    var path = request.getRequestURI().substring(request.getContextPath().length());
    var found = services.find(path);
    if (found.isEmpty()) {
      refuse(request, response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    var method = found.get();
    try {
      var exchange = exchange(request, response, method);
      if (exchange.isPresent()) {
        start(request, method, exchange.get(), begun);
      }
    } catch (RpcException e) {
      ConnectUnary.fail(response, e);
    }
  }

  private void start(
      HttpServletRequest request, RpcMethod<?, ?> method, Exchange exchange, long begun) {
    log.begun(request);
    var async = request.startAsync();
    async.setTimeout(0);
    var call =
        new RunningCall(
            method,
            exchange,
            async,
            gatekeeper,
            deadlines,
            log,
            running::remove,
            begun,
            log.requestId(request));
    async.addListener(call);
    running.add(call);
    Thread.ofVirtual().name("rpc-call").start(call);
    if (isStopping) {
      call.stop();
    }
  }

  /**
   * Ends all calls, also those that come from now on: before the server waits for the last answers,
   * for streams would go on for ever.
   */
  public void stopCalls() {
    isStopping = true;
    running.forEach(RunningCall::stop);
  }

  @Override
  public void destroy() {
    stopCalls();
    deadlines.close();
  }

  /**
   * How the client speaks; nothing when it was refused.
   *
   * @throws RpcException when the query of a GET is malformed
   */
  private Optional<Exchange> exchange(
      HttpServletRequest request, HttpServletResponse response, RpcMethod<?, ?> method)
      throws IOException {
    if (request.getMethod().equals(POST)) {
      return ofPost(request, response, method);
    }
    if (request.getMethod().equals(GET) && method.isGettable()) {
      return ofGet(request, response, method);
    }
    response.setHeader("Allow", method.isGettable() ? GET + ", " + POST : POST);
    refuse(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    return Optional.empty();
  }

  private Optional<Exchange> ofGet(
      HttpServletRequest request, HttpServletResponse response, RpcMethod<?, ?> method)
      throws IOException {
    var encoding = ConnectUnary.parameter(request, "encoding");
    if (encoding == null) {
      throw new RpcException(RpcCode.INVALID_ARGUMENT, "the query has no encoding");
    }
    var codec = codec(encoding);
    if (codec == null
        || request.getContentLengthLong() > 0
        || request.getHeader("Transfer-Encoding") != null) {
      refuse(request, response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
      return Optional.empty();
    }
    return Optional.of(new ConnectUnary(request, response, codec, method.request(), mostBytes));
  }

  private Optional<Exchange> ofPost(
      HttpServletRequest request, HttpServletResponse response, RpcMethod<?, ?> method)
      throws IOException {
    var type = MediaTypes.of(request);
    var exchange = exchange(request, response, method, type);
    if (exchange == null) {
      response.setHeader("Accept-Post", String.join(", ", accepted(method)));
      refuse(request, response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
      return Optional.empty();
    }
    var isHttp2 = request.getProtocol().startsWith("HTTP/2");
    var isStream = !(exchange instanceof ConnectUnary);
    if (!isHttp2 && (exchange instanceof Grpc || (isStream && needsHttp2(method, exchange)))) {
      response.setHeader("Connection", "close");
      refuse(request, response, HTTP_VERSION_NOT_SUPPORTED);
      return Optional.empty();
    }
    return Optional.of(exchange);
  }

  /** With gRPC-Web, a call that can be made either way is made with one request. */
  private static boolean needsHttp2(RpcMethod<?, ?> method, Exchange exchange) {
    return method.isBidi() && !(method.isUnary() && exchange instanceof GrpcWeb);
  }

  private @Nullable Exchange exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      RpcMethod<?, ?> method,
      String type) {
    Message empty = method.request();
    if (type.startsWith(ConnectStream.MEDIA_TYPE)) {
      var codec = codec(type.substring(ConnectStream.MEDIA_TYPE.length()));
      return codec == null || !method.isStream()
          ? null
          : new ConnectStream(request, response, codec, empty, mostBytes);
    }
    if (type.startsWith(GrpcWeb.MEDIA_TYPE)) {
      var codec = suffixed(type, GrpcWeb.MEDIA_TYPE);
      return codec == null ? null : new GrpcWeb(request, response, codec, empty, mostBytes, type);
    }
    if (type.startsWith(Grpc.MEDIA_TYPE)) {
      var codec = suffixed(type, Grpc.MEDIA_TYPE);
      return codec == null ? null : new Grpc(request, response, codec, empty, mostBytes, type);
    }
    if (type.startsWith(ConnectUnary.MEDIA_TYPE) && method.isUnary()) {
      var codec = codec(type.substring(ConnectUnary.MEDIA_TYPE.length()));
      return codec == null ? null : new ConnectUnary(request, response, codec, empty, mostBytes);
    }
    return null;
  }

  private static List<String> accepted(RpcMethod<?, ?> method) {
    var types = new ArrayList<String>();
    if (method.isUnary()) {
      types.addAll(List.of("application/json", "application/proto"));
    }
    if (method.isStream()) {
      types.addAll(List.of("application/connect+json", "application/connect+proto"));
    }
    for (var base : List.of(Grpc.MEDIA_TYPE, GrpcWeb.MEDIA_TYPE)) {
      types.addAll(List.of(base, base + "+proto", base + "+json"));
    }
    return types;
  }

  /** The codec behind the plus; without one it is binary. */
  private @Nullable Codec suffixed(String type, String base) {
    if (type.length() == base.length()) {
      return binary;
    }
    return type.charAt(base.length()) == '+' ? codec(type.substring(base.length() + 1)) : null;
  }

  private @Nullable Codec codec(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "proto" -> binary;
      case "json" -> json;
      default -> null;
    };
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    response.setStatus(status);
    response.setContentLength(0);
    Leftovers.throwAway(request, response);
  }
}
