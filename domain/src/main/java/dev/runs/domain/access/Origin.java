package dev.runs.domain.access;

/**
 * Where a request comes from, as the audit log remembers it.
 *
 * @param requestId names the request in logs and answers; 1 to 128 characters
 * @param address of the network; empty when it came over none
 */
public record Origin(String requestId, String address) {

  /** What the service and its commands do by themselves. */
  public static final Origin LOCAL = new Origin("local", "");
}
