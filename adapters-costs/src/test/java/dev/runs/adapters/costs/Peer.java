package dev.runs.adapters.costs;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A costs-service over real HTTP, which answers as each test says and remembers what it got. */
final class Peer implements AutoCloseable {

  private final HttpServer server;
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<Headers> headers = new CopyOnWriteArrayList<>();
  private volatile HttpHandler behavior = price("1");

  Peer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noServer) {
      throw new UncheckedIOException(noServer);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void does(HttpHandler newBehavior) {
    behavior = newBehavior;
  }

  /** One behavior for each request; the last one stays. */
  void doesInTurn(HttpHandler... behaviors) {
    var first = paths.size();
    does(exchange ->
        behaviors[Math.min(paths.size() - first, behaviors.length) - 1].handle(exchange));
  }

  /** The paths that were asked for, as they came over the wire. */
  List<String> paths() {
    return List.copyOf(paths);
  }

  Headers headersOfTheLast() {
    return headers.getLast();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  static HttpHandler price(String decimal) {
    return body("{\"name\":\"whatever\",\"costPerUnitInUsdCents\":\"" + decimal + "\"}");
  }

  static HttpHandler body(String json) {
    return exchange -> answer(exchange, 200, json);
  }

  static HttpHandler status(int status) {
    return exchange -> answer(exchange, status, "{\"error\":\"no\"}");
  }

  static HttpHandler status(int status, String retryAfter) {
    return exchange -> {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
      answer(exchange, status, "{\"error\":\"later\"}");
    };
  }

  /** Promises more than it sends, and hangs up. */
  static HttpHandler cutInTheMiddle() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write("{\"costPer".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    headers.add(exchange.getRequestHeaders());
    paths.add(exchange.getRequestURI().getRawPath());
    behavior.handle(exchange);
  }
}
