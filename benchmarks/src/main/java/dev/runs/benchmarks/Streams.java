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
 * Clients that follow events, all on one thread, for they work on the same processors as the server
 * they measure. Of each run that is told of they note when that was first.
 */
final class Streams implements AutoCloseable {

  private static final byte[] RUN = "\"runId\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int ID = 36;

  /** What of a stream was read and may be the beginning of something. */
  private static final int MOST_KEPT = RUN.length + ID;

  private final Selector selector;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ConcurrentMap<String, Long> arrivals = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("streams").unstarted(this::read);
  private volatile boolean isClosed;

  private Streams(Selector selector) {
    this.selector = selector;
  }

  /**
   * Connects to each of these paths, and returns when all streams have begun.
   *
   * @param following the one whose arrivals are noted; the others should be told nothing
   */
  static Streams open(int port, String key, List<String> idle, String following)
      throws IOException {
    var streams = new Streams(Selector.open());
    for (var path : idle) {
      streams.connect(port, key, path, false);
    }
    streams.connect(port, key, following, true);
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

  private void connect(int port, String key, String path, boolean isNoted) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channels.add(channel);
    var head =
        "GET %s HTTP/1.1\r\nHost: bench\r\nX-API-Key: %s\r\nAccept: text/event-stream\r\n\r\n"
            .formatted(path, key);
    channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
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
