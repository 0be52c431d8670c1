package dev.runs.adapters.rest.rate;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * The token buckets of one budget, one for everybody who uses it. One that was left alone until it
 * is full again, even if much is owed, can be forgotten without changing anything; above {@link
 * #MOST} the least used are forgotten earlier.
 */
final class Buckets {

  /** Some 10 MB. */
  static final int MOST = 50_000;

  /** What a bucket may owe. */
  static final int MOST_OWED = 1_000;

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Budget budget;
  private final Rate rate;
  private final LoadingCache<Object, Bucket> bySubject;

  Buckets(Budget budget, Rate rate, TimeMeter time) {
    this.budget = budget;
    this.rate = rate;
    this.bySubject =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(untilFull(rate))
            .ticker(time::currentTimeNanos)
            .build(_ -> full(rate, time));
  }

  private static Duration untilFull(Rate rate) {
    return rate.period().multipliedBy(1L + Math.ceilDiv(MOST_OWED, rate.count()));
  }

  private static Bucket full(Rate rate, TimeMeter time) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(rate.count()).refillGreedy(rate.count(), rate.period()))
        .withCustomTimePrecision(time)
        .build();
  }

  /**
   * Takes what a request wants, all or nothing. What goes beyond a full bucket is granted to who
   * has a full one, and owed.
   *
   * @param taken how much the same request has taken before
   * @param wanted how much more it wants, at least 1
   * @throws IllegalArgumentException when it would owe more than {@link #MOST_OWED}
   */
  Standing take(Object subject, int taken, int wanted) {
    var bucket = bySubject.get(subject);
    var asked = Math.min(wanted, rate.count() - taken);
    if (wanted - asked > MOST_OWED) {
      throw new IllegalArgumentException("nobody may owe " + (wanted - asked));
    }
    var remaining = 0L;
    if (asked > 0) {
      var probe = bucket.tryConsumeAndReturnRemaining(asked);
      remaining = probe.getRemainingTokens();
      if (!probe.isConsumed()) {
        return standing(false, remaining, probe.getNanosToWaitForRefill());
      }
    }
    if (asked < wanted) {
      bucket.consumeIgnoringRateLimits(wanted - asked);
      remaining = bucket.getAvailableTokens();
    }
    return standing(true, remaining, 0);
  }

  /** How somebody stands who wants to take one, without taking it. */
  Standing peek(Object subject) {
    var bucket = bySubject.getIfPresent(subject);
    if (bucket == null) {
      return standing(true, rate.count(), 0);
    }
    var probe = bucket.estimateAbilityToConsume(1);
    return standing(
        probe.canBeConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
  }

  private Standing standing(boolean isGranted, long remaining, long nanosToWait) {
    var missing = rate.count() - remaining;
    var nanosToReset = missing * rate.period().toNanos() / rate.count();
    return new Standing(
        budget,
        isGranted,
        rate.count(),
        Math.max(0, remaining),
        Math.ceilDiv(nanosToReset, SECOND),
        Math.ceilDiv(nanosToWait, SECOND));
  }

  /** How many buckets are kept, once those are gone that are to be forgotten. */
  long kept() {
    bySubject.cleanUp();
    return bySubject.estimatedSize();
  }
}
