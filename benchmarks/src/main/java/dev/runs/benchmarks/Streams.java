package dev.runs.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Clients that follow what happens, all on one thread, for they work on the same processors as the
 * server they measure. Of each run that is told of they note when that was first.
 */
final class Streams implements AutoCloseable {

  private static final byte[] RUN = "\"runId\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int ID = 36;

  /** What of a stream was read and may be the beginning of something. */
  private static final int MOST_KEPT = RUN.length + ID;

  private final Selector selector;

  /** What a client asks for, without its key. */
  record Request(String head, byte[] body) {

    /** Events as they happen. */
    static Request events(String path) {
      return new Request("GET " + path + " HTTP/1.1\r\nAccept: text/event-stream\r\n", new byte[0]);
    }

    /** A stream of the RunService, over Connect. */
    static Request watch(String method, String json) {
      var message = json.getBytes(StandardCharsets.UTF_8);
      var body = ByteBuffer.allocate(5 + message.length).put((byte) 0).putInt(message.length);
      return new Request(
          "POST /flyteidl2.workflow.RunService/%s HTTP/1.1\r\n".formatted(method)
              + "Content-Type: application/connect+json\r\n"
              + "Connect-Protocol-Version: 1\r\n"
              + "Content-Length: %d\r\n".formatted(5 + message.length),
          body.put(message).array());
    }
  }

  private final List<SocketChannel> channels = new ArrayList<>();
  private final ConcurrentMap<String, Long> arrivals = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("streams").unstarted(this::read);
  private volatile boolean isClosed;

  private Streams(Selector selector) {
    this.selector = selector;
  }

  /**
   * Connects with each of these, and returns when all streams have begun.
   *
   * @param noted the one whose arrivals are noted; what the others are told is only read
   */
  static Streams open(int port, String key, List<Request> others, Request noted)
      throws IOException {
    var streams = new Streams(Selector.open());
    for (var request : others) {
      streams.connect(port, key, request, false);
    }
    streams.connect(port, key, noted, true);
    streams.thread.start();
    return streams;
  }

  /** When it was first told of a run, as {@link System#nanoTime} counts; by the run's id. */
  ConcurrentMap<String, Long> arrivals() {
    return arrivals;
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var channel : channels) {
      channel.close();
    }
    selector.close();
  }

  private void connect(int port, String key, Request request, boolean isNoted) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channels.add(channel);
    var head = request.head() + "Host: bench\r\nX-API-Key: " + key + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    channel.write(ByteBuffer.wrap(request.body()));
    var first = ByteBuffer.allocate(16);
    if (channel.read(first) < 0) {
      throw new IOException("the server closed a stream");
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, isNoted ? ByteBuffer.allocate(1 << 20) : null);
  }

  private void read() {
    var scrap = ByteBuffer.allocate(1 << 16);
    try {
      while (!isClosed) {
        selector.select(key -> read(key, scrap));
      }
    } catch (IOException | ClosedSelectorException e) {
      throw new IllegalStateException("the streams cannot be read", e);
    }
  }

  private void read(SelectionKey key, ByteBuffer scrap) {
    try {
      var channel = (SocketChannel) key.channel();
      var buffer = key.attachment() instanceof ByteBuffer own ? own : scrap.clear();
      if (channel.read(buffer) < 0) {
        key.cancel();
      } else if (buffer != scrap) {
        note(buffer);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void note(ByteBuffer buffer) {
    var now = System.nanoTime();
    var bytes = buffer.array();
    var end = buffer.position();
    var at = 0;
    for (var i = 0; i + MOST_KEPT <= end; i++) {
      if (isRun(bytes, i)) {
        var id = new String(bytes, i + RUN.length, ID, StandardCharsets.US_ASCII);
        arrivals.putIfAbsent(id, now);
        at = i + MOST_KEPT;
        i = at - 1;
      }
    }
    buffer.flip().position(Math.max(at, end - MOST_KEPT));
    buffer.compact();
  }

  private static boolean isRun(byte[] bytes, int from) {
    for (var i = 0; i < RUN.length; i++) {
      if (bytes[from + i] != RUN[i]) {
        return false;
      }
    }
    return true;
  }
}
