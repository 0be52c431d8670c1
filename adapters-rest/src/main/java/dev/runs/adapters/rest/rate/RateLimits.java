package dev.runs.adapters.rest.rate;

import io.github.bucket4j.TimeMeter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts what is used of each budget on this node. What is not limited is not counted. */
public final class RateLimits {

  private final Map<Budget, Buckets> buckets = new EnumMap<>(Budget.class);

  /**
   * @param rates a budget that is missing has no limit
   * @param time must not go back
   */
  public RateLimits(Map<Budget, Rate> rates, TimeMeter time) {
    rates.forEach((budget, rate) -> buckets.put(budget, new Buckets(budget, rate, time)));
  }

  /** Whether a budget has a limit. */
  boolean has(Budget budget) {
    return buckets.containsKey(budget);
  }

  /**
   * Takes one for a request.
   *
   * @param subject whose share of the budget it is
   * @return how the subject stands then; nothing when the budget has no limit
   */
  public Optional<Standing> take(Budget budget, Object subject) {
    return takeMore(budget, subject, 0, 1);
  }

  /**
   * As {@link #take}, all or nothing. A request that wants more than a full budget is granted when
   * nothing else was used, and what it owes must come back before the next is granted.
   *
   * @param taken how much the same request has taken before
   * @param wanted how much more it wants, at least 1, and at most 1,000 more than a full budget has
   */
  public Optional<Standing> takeMore(Budget budget, Object subject, int taken, int wanted) {
    return Optional.ofNullable(buckets.get(budget))
        .map(limited -> limited.take(subject, taken, wanted));
  }

  /** How somebody stands who wants to take one, without taking it. */
  Optional<Standing> peek(Budget budget, Object subject) {
    return Optional.ofNullable(buckets.get(budget)).map(limited -> limited.peek(subject));
  }
}
