package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import dev.runs.adapters.rpc.probe.ProbeServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Sends bytes to the probe and gets bytes back, over one version of HTTP. */
final class Client implements AutoCloseable {

  private final ProbeServer server;
  private final HttpClient http;

  Client(ProbeServer server, HttpClient.Version version) {
    this.server = server;
    this.http = HttpClient.newBuilder().version(version).build();
    if (version == HttpClient.Version.HTTP_2) {
      upgrade();
    }
  }

  /** A request with a body does not make a connection of HTTP/2 out of one of HTTP/1.1. */
  private void upgrade() {
    var first = http.sendAsync(to("").GET().build(), BodyHandlers.discarding()).join();
    if (first.version() != HttpClient.Version.HTTP_2) {
      throw new IllegalStateException("the server does not speak HTTP/2");
    }
  }

  HttpRequest.Builder to(String call) {
    return HttpRequest.newBuilder(server.url("/probe.ProbeService/" + call));
  }

  HttpResponse<byte[]> post(String call, String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var request = to(call).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    http.close();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static byte[] gzip(byte[] bytes) {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  static byte[] gunzip(byte[] bytes) throws IOException {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }

  static byte[] enveloped(Message message) {
    return new Envelope(0, message.toByteArray()).bytes();
  }

  static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** All envelopes of an answer. */
  static List<Envelope> envelopes(HttpResponse<byte[]> answer) throws IOException {
    var body = new ByteArrayInputStream(answer.body());
    var all = new ArrayList<Envelope>();
    for (var next = Envelope.read(body, 1 << 24);
        next.isPresent();
        next = Envelope.read(body, 1 << 24)) {
      all.add(next.get());
    }
    return all;
  }

  static String text(Envelope envelope) {
    return new String(envelope.payload(), StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
