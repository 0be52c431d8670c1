package dev.runs.application.event;

/**
 * How many may listen on a node at a time.
 *
 * @param most all together, at least 1
 * @param mostPerKey with one key of a team, at least 1; a platform key has no limit of its own
 */
public record FeedLimits(int most, int mostPerKey) {

  public FeedLimits {
    if (most < 1 || mostPerKey < 1) {
      throw new IllegalArgumentException(
          "at least one must be able to listen: " + most + ", " + mostPerKey);
    }
  }
}
