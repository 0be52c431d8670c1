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

  /** What stands before a message of a call. */
  private static final int ENVELOPE = 5;

  /** What of a stream was read and may be the beginning of something. */
  private static final int MOST_KEPT = RUN.length + ID;

  private final Selector selector;

  /**
   * What a client asks for.
   *
   * @param head without its key
   * @param message the one message of a call; empty when there is none
   */
  record Request(String head, String message) {

    /** Events as they happen; of a protocol that does not cut them into chunks. */
    static Request events(String path) {
      return new Request("GET " + path + " HTTP/1.0\r\nAccept: text/event-stream\r\n", "");
    }

    /** A stream of the RunService, over Connect. */
    static Request watch(String method, String json) {
      return new Request(
          "POST /flyteidl2.workflow.RunService/%s HTTP/1.1\r\n".formatted(method)
              + "Content-Type: application/connect+json\r\n"
              + "Connect-Protocol-Version: 1\r\n"
              + "Content-Length: %d\r\n".formatted(ENVELOPE + json.length()),
          json);
    }

    ByteBuffer bytes(String key) {
      var text = head + "Host: bench\r\nX-API-Key: " + key + "\r\n\r\n";
      var all = ByteBuffer.allocate(text.length() + ENVELOPE + message.length());
      all.put(text.getBytes(StandardCharsets.US_ASCII));
      if (!message.isEmpty()) {
        all.put((byte) 0).putInt(message.length());
        all.put(message.getBytes(StandardCharsets.US_ASCII));
      }
      return all.flip();
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
    channel.write(request.bytes(key));
    var first = ByteBuffer.allocate(16);
    while (first.hasRemaining()) {
      if (channel.read(first) < 0) {
        throw new IOException("the server closed a stream");
      }
    }
    var begin = new String(first.array(), StandardCharsets.US_ASCII);
    if (!begin.startsWith("HTTP/1.1 200")) {
      throw new IOException("the server refused a stream: " + begin);
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
      if (key.attachment() instanceof ByteBuffer noted) {
        if (channel.read(noted) < 0) {
          key.cancel();
        } else {
          note(noted);
        }
      } else if (channel.read(scrap.clear()) < 0) {
        key.cancel();
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void note(ByteBuffer buffer) {
    var now = System.nanoTime();
    var id = new byte[ID];
    var end = buffer.position();
    var at = 0;
    for (var i = 0; i + MOST_KEPT <= end; i++) {
      if (isRun(buffer, i)) {
        buffer.get(i + RUN.length, id);
        arrivals.putIfAbsent(new String(id, StandardCharsets.US_ASCII), now);
        at = i + MOST_KEPT;
        i = at - 1;
      }
    }
    buffer.flip().position(Math.max(at, end - MOST_KEPT));
    buffer.compact();
  }

  private static boolean isRun(ByteBuffer buffer, int from) {
    for (var i = 0; i < RUN.length; i++) {
      if (buffer.get(from + i) != RUN[i]) {
        return false;
      }
    }
    return true;
  }
}
