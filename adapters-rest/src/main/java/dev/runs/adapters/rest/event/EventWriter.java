package dev.runs.adapters.rest.event;

import dev.runs.adapters.rest.json.Json;
import dev.runs.application.event.RunEventLog.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes events as a browser's {@code EventSource} reads them. Each has its position as its id,
 * which the browser sends back in {@code Last-Event-ID} when it connects again. An id without an
 * event moves that place on.
 */
final class EventWriter {

  /** How long a client waits before it connects again. */
  private static final int RETRY_MILLIS = 1_000;

  private record ResetJson(long firstPosition, String reason) {}

  private record EndJson(long position, String reason) {}

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  EventWriter begin(long position) {
    return line("retry: " + RETRY_MILLIS).position(position).line("");
  }

  EventWriter event(Entry entry) {
    return position(entry.position())
        .line("event: " + entry.event().type().wireName())
        .json(EventJson.of(entry));
  }

  /** Events from the reader's place to this position cannot be told. */
  EventWriter reset(long firstKept) {
    return position(firstKept - 1)
        .line("event: reset")
        .json(new ResetJson(firstKept, "position_not_kept"));
  }

  EventWriter end(long position, String reason) {
    return position(position).line("event: end").json(new EndJson(position, reason));
  }

  EventWriter heartbeat(long position) {
    return line(": alive").position(position).line("");
  }

  boolean isEmpty() {
    return text.size() == 0;
  }

  /** Sends what was written since the last time. */
  void sendTo(OutputStream out) throws IOException {
    text.writeTo(out);
    out.flush();
    text.reset();
  }

  private EventWriter position(long position) {
    return line("id: " + position);
  }

  private EventWriter json(Object json) {
    text.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
    text.writeBytes(Json.bytes(json));
    return line("").line("");
  }

  private EventWriter line(String line) {
    text.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    text.write('\n');
    return this;
  }
}
