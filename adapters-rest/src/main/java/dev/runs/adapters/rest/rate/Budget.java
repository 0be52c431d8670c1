package dev.runs.adapters.rest.rate;

/** Something that is limited. */
public enum Budget {
  /** All requests of one address. */
  ADDRESS("address", "Too many requests from this address"),
  /** All requests with one key that is bound to an organization, or of one person. */
  KEY("key", "Too many requests with this key"),
  /** All requests with one key that acts across organizations; no other budget of keys is asked. */
  PLATFORM_KEY("platformKey", "Too many requests with this key"),
  /** Runs made with one key, each run of a batch by itself. */
  NEW_RUNS("newRuns", "Too many new runs with this key"),
  /** Runs canceled or deleted with one key. */
  CANCELLATIONS("cancellations", "Too many runs canceled or deleted with this key"),
  /** Keys shown from one address that were not accepted. */
  REFUSED_KEYS("refusedKeys", "Too many keys from this address were refused");

  private final String wireName;
  private final String complaint;

  Budget(String wireName, String complaint) {
    this.wireName = wireName;
    this.complaint = complaint;
  }

  /** How answers name it. */
  public String wireName() {
    return wireName;
  }

  /** What is said to who has used it up: a sentence without its end. */
  String complaint() {
    return complaint;
  }
}
