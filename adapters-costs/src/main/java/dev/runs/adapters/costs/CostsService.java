package dev.runs.adapters.costs;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the costs-service is and how patient its client is.
 *
 * @param base http or https, with a host; a path in front of {@code /v1} and slashes at the end are
 *     allowed, credentials, a query and a fragment are not
 * @param apiKey sent as {@code X-API-Key}; printable ASCII; null, or blank, when the service wants
 *     none
 * @param timeout how long one try may take, from the connection to the last byte of the answer
 * @param pauses the rest before each further try, so their number is the number of retries
 * @param longestRetryAfter a service that wants to be left alone for longer than this is not asked
 *     again
 * @param circuitRest how long an open circuit refuses before it lets one caller through
 */
public record CostsService(
    URI base,
    @Nullable String apiKey,
    Duration timeout,
    List<Duration> pauses,
    Duration longestRetryAfter,
    Duration circuitRest) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException saying what is wrong, without the address and the key
   */
  public CostsService {
    require(
        "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme()),
        "begins with http:// or https://");
    require(base.getHost() != null, "has a host of letters, digits, hyphens and dots");
    require(base.getPort() != 0 && base.getPort() <= HIGHEST_PORT, "has a port from 1 to 65535");
    require(base.getRawUserInfo() == null, "has no user and password");
    require(
        base.getRawQuery() == null && base.getRawFragment() == null,
        "has no query and no fragment");
    apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey;
    if (apiKey != null && !apiKey.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "The key of the costs-service consists of printable ASCII characters.");
    }
    if (!timeout.isPositive() || !circuitRest.isPositive()) {
      throw new IllegalArgumentException("timeout and circuitRest are longer than nothing.");
    }
    if (longestRetryAfter.isNegative() || pauses.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("pauses and longestRetryAfter are not negative.");
    }
    pauses = List.copyOf(pauses);
  }

  /**
   * As in production: 10 s a try; up to three retries after 1, 2 and 4 s; a Retry-After of at most
   * 10 s; an open circuit for 5 s.
   */
  public static CostsService defaults(URI base, @Nullable String apiKey) {
    return new CostsService(
        base,
        apiKey,
        Duration.ofSeconds(10),
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5));
  }

  /** Without the key, which must not get into a log. */
  @Override
  public String toString() {
    return "CostsService[%s, %s]".formatted(base, apiKey == null ? "no key" : "with a key");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("The address of the costs-service " + what + ".");
    }
  }
}
