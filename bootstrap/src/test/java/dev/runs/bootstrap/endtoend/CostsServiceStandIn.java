package dev.runs.bootstrap.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A costs-service with a few prices, over real HTTP. It notes what it is asked. */
final class CostsServiceStandIn implements AutoCloseable {

  private static final String PATH = "/v1/costs/";

  private final Map<String, String> prices;
  private final String key;
  private final HttpServer server;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /**
   * @param prices cents per unit, by name
   * @param key that callers must show
   */
  CostsServiceStandIn(Map<String, String> prices, String key) throws IOException {
    this.prices = prices;
    this.key = key;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The names it was asked for, in their order. */
  Queue<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var name = exchange.getRequestURI().getPath().substring(PATH.length());
      asked.add(name);
      if (!key.equals(exchange.getRequestHeaders().getFirst("X-API-Key"))) {
        write(exchange, 401, "{\"error\":\"Unauthorized\"}");
      } else if (prices.containsKey(name)) {
        write(
            exchange,
            200,
            "{\"name\":\"%s\",\"costPerUnitInUsdCents\":\"%s\"}".formatted(name, prices.get(name)));
      } else {
        write(exchange, 404, "{\"error\":\"Cost unit not found\"}");
      }
    }
  }

  private static void write(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
