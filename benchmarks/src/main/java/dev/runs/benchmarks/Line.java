package dev.runs.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept HTTP/1.1 connection that sends the same request again and again. It does as little as it
 * can, for it works on the same processors as the server it measures.
 */
final class Line implements AutoCloseable {

  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream answers;
  private final byte[] request;

  private Line(Socket socket, byte[] request) throws IOException {
    this.socket = socket;
    this.answers = new BufferedInputStream(socket.getInputStream());
    this.request = request;
  }

  static Line posting(int port, String path, String key, String body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "POST %s HTTP/1.1\r\nHost: bench\r\nX-API-Key: %s\r\n".formatted(path, key)
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(bytes.length);
    return new Line(socket, (head + body).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends the request and reads its whole answer.
   *
   * @throws IllegalStateException when the answer is not 201
   */
  void send() throws IOException {
    socket.getOutputStream().write(request);
    var status = header();
    var length = 0;
    for (var header = header(); !header.isEmpty(); header = header()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    var body = answers.readNBytes(length);
    if (!status.startsWith("HTTP/1.1 201")) {
      throw new IllegalStateException(status + " " + new String(body, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String header() throws IOException {
    var line = new StringBuilder();
    for (var next = answers.read(); next != '\n'; next = answers.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
