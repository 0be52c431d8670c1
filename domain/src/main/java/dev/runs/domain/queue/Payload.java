package dev.runs.domain.queue;

import java.nio.charset.StandardCharsets;

/**
 * What a run is given, or what it gives back: a JSON document.
 *
 * @param json compact; at most {@value #MOST_BYTES} bytes as UTF-8
 */
public record Payload(String json) {

  public static final int MOST_BYTES = 256 * 1024;

  /**
   * @throws QueueRejected.PayloadTooLarge when it is larger
   */
  public Payload {
    var bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new QueueRejected.PayloadTooLarge(bytes);
    }
  }

  /** Never shows what it holds. */
  @Override
  public String toString() {
    return "a document of " + json.length() + " characters";
  }
}
