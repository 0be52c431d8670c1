package dev.runs.bootstrap.endtoend;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls services over Connect with binary messages.
 *
 * @param key shown as {@code X-API-Key}
 */
record RpcClient(URI address, String key) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Becomes HTTP/2 on its first request, which both sides' streams need. */
  private static final HttpClient HTTP_2 =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int ENVELOPE_BYTES = 5;
  private static final int LAST = 2;
  private static final String RUN_SERVICE = "flyteidl2.workflow.RunService";

  static RpcClient of(Server server) {
    return new RpcClient(server.address(), Server.KEY);
  }

  RpcClient with(String otherKey) {
    return new RpcClient(address, otherKey);
  }

  /** A call that failed. */
  static final class Failed extends RuntimeException {

    private final String code;

    Failed(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /** Calls {@code RunService}. */
  <A extends Message> A call(String method, Message request, A empty) {
    return call(RUN_SERVICE, method, request, empty);
  }

  /**
   * @throws Failed when the call fails
   */
  <A extends Message> A call(String service, String method, Message request, A empty) {
    var sent =
        request(service, method, "application/proto")
            .POST(BodyPublishers.ofByteArray(request.toByteArray()))
            .build();
    try {
      var response = HTTP.send(sent, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw failure(new String(response.body(), StandardCharsets.UTF_8));
      }
      return parsed(empty, response.body());
    } catch (IOException e) {
      throw new IllegalStateException(service + "/" + method + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a stream of {@code RunService}. */
  <A extends Message> Stream<A> open(String method, Message request, A empty) {
    return open(RUN_SERVICE, method, request, empty);
  }

  <A extends Message> Stream<A> open(String service, String method, Message request, A empty) {
    var bytes = request.toByteArray();
    var body = ByteBuffer.allocate(ENVELOPE_BYTES + bytes.length);
    body.put((byte) 0).putInt(bytes.length).put(bytes);
    var sent =
        request(service, method, "application/connect+proto")
            .POST(BodyPublishers.ofByteArray(body.array()))
            .build();
    try {
      return new Stream<>(HTTP.send(sent, BodyHandlers.ofInputStream()).body(), empty);
    } catch (IOException e) {
      throw new IllegalStateException(service + "/" + method + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Calls a method in which both sides send streams, over HTTP/2: sends all requests, and then
   * reads all answers.
   *
   * @throws Failed when the call fails
   */
  <A extends Message> List<A> exchange(
      String service, String method, List<? extends Message> requests, A empty) {
    var body = new ByteArrayOutputStream();
    for (var request : requests) {
      var bytes = request.toByteArray();
      body.writeBytes(
          ByteBuffer.allocate(ENVELOPE_BYTES + bytes.length)
              .put((byte) 0)
              .putInt(bytes.length)
              .put(bytes)
              .array());
    }
    try {
      HTTP_2.send(
          HttpRequest.newBuilder(address.resolve("/healthz")).build(), BodyHandlers.discarding());
      var sent =
          request(service, method, "application/connect+proto")
              .POST(BodyPublishers.ofByteArray(body.toByteArray()))
              .build();
      var answers = new ArrayList<A>();
      try (var stream =
          new Stream<>(HTTP_2.send(sent, BodyHandlers.ofInputStream()).body(), empty)) {
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
          answers.add(next.get());
        }
      }
      return answers;
    } catch (IOException e) {
      throw new IllegalStateException(service + "/" + method + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Answers as they come. Whoever closes it leaves. */
  static final class Stream<A extends Message> implements AutoCloseable {

    private final InputStream body;
    private final DataInputStream in;
    private final A empty;

    private Stream(InputStream body, A empty) {
      this.body = body;
      this.in = new DataInputStream(body);
      this.empty = empty;
    }

    /**
     * Waits for the next answer; nothing when the stream has ended well.
     *
     * @throws Failed when it ends with a failure
     */
    Optional<A> next() {
      try {
        var flags = in.readUnsignedByte();
        var bytes = in.readNBytes(in.readInt());
        if ((flags & LAST) == 0) {
          return Optional.of(parsed(empty, bytes));
        }
        var end = JsonMapper.shared().readTree(bytes);
        if (end.has("error")) {
          throw failure(end.path("error").toString());
        }
        return Optional.empty();
      } catch (IOException e) {
        throw new IllegalStateException("the stream broke off", e);
      }
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  private HttpRequest.Builder request(String service, String method, String type) {
    return HttpRequest.newBuilder(address.resolve("/" + service + "/" + method))
        .timeout(LONGEST)
        .header("Content-Type", type)
        .header("Connect-Protocol-Version", "1")
        .header("X-API-Key", key);
  }

  private static Failed failure(String json) {
    var error = JsonMapper.shared().readTree(json);
    return new Failed(error.path("code").asString(), error.path("message").asString());
  }

  @SuppressWarnings("unchecked") // the parser gives what the message is
  private static <A extends Message> A parsed(A empty, byte[] bytes) {
    try {
      return (A) empty.getParserForType().parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "what came is no " + empty.getDescriptorForType().getFullName(), e);
    }
  }
}
