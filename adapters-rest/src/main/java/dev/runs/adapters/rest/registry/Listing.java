package dev.runs.adapters.rest.registry;

import dev.runs.adapters.rest.request.Query;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** What the lists of this surface are asked for alike. */
public final class Listing {

  private static final int USUAL_PAGE = 50;

  private Listing() {}

  /** How many are to be shown: 1 to a limit, {@value #USUAL_PAGE} when nothing is asked for. */
  public static int limit(Query query, int most) {
    return query.between(1, most, "limit", USUAL_PAGE);
  }

  /** How many are to be passed over. */
  public static int offset(Query query, int farthest) {
    return query.between(0, farthest, "offset", 0);
  }

  /** The later of two moments, of which either may be missing. */
  public static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return chosen(one, other, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** The earlier of two moments, of which either may be missing. */
  public static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return chosen(one, other, (a, b) -> a.isBefore(b) ? a : b);
  }

  private static Optional<Instant> chosen(
      Optional<Instant> one, Optional<Instant> other, BinaryOperator<Instant> choice) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(choice.apply(one.get(), other.get()))
        : one.or(() -> other);
  }
}
