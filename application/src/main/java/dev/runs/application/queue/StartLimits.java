package dev.runs.application.queue;

import dev.runs.application.queue.KindPolicies.Limited;
import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.domain.queue.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How many runs of each kind may be started now. */
public final class StartLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Starts that nobody made use of are made up for by at most so much. */
  private static final Duration MADE_UP_FOR = Duration.ofSeconds(1);

  private final KindPolicies policies;
  private final Leases leases;
  private final InstantSource clock;

  public StartLimits(KindPolicies policies, Leases leases, InstantSource clock) {
    this.policies = policies;
    this.leases = leases;
    this.clock = clock;
  }

  /**
   * What may be started at these lines. Where a policy limits it, nobody else starts anything of
   * the kind before the transaction ends.
   *
   * @param most how many are wanted at all
   */
  Allowances take(Collection<Line> lines, int most) {
    var kinds = lines.stream().map(StartLimits::kind).collect(Collectors.toSet());
    var limited = policies.takeLimited(kinds);
    var running = leases.count(withMostRunning(limited));
    var now = clock.instant();
    var allowed = new HashMap<OwnedKind, Integer>();
    limited.forEach(
        (kind, its) -> allowed.put(kind, allowed(its, running.getOrDefault(kind, 0), now, most)));
    return new Allowances(most, allowed, limited, now);
  }

  private static Set<OwnedKind> withMostRunning(Map<OwnedKind, Limited> limited) {
    return limited.entrySet().stream()
        .filter(entry -> entry.getValue().policy().mostRunning().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static int allowed(Limited limited, int running, Instant now, int most) {
    var policy = limited.policy();
    if (policy.isPaused()) {
      return 0;
    }
    var free = policy.mostRunning().map(limit -> Math.max(0, limit - running)).orElse(most);
    var due =
        policy
            .startsPerMinute()
            .map(rate -> dueStarts(limited.nextStart(), rate, now))
            .orElse(most);
    return Math.min(most, Math.min(free, due));
  }

  /** Starts are spread evenly over the minute. */
  private static int dueStarts(Instant nextStart, int perMinute, Instant now) {
    var from = earliest(nextStart, now);
    return from.isAfter(now)
        ? 0
        : (int) Math.min(perMinute, 1 + Duration.between(from, now).dividedBy(gap(perMinute)));
  }

  private static Instant earliest(Instant nextStart, Instant now) {
    var first = now.minus(MADE_UP_FOR);
    return nextStart.isBefore(first) ? first : nextStart;
  }

  private static Duration gap(int perMinute) {
    return MINUTE.dividedBy(perMinute);
  }

  private static OwnedKind kind(Line line) {
    return new OwnedKind(line.organization(), line.kind());
  }

  /** What may be started in one transaction. */
  final class Allowances {

    private final int most;
    private final Map<OwnedKind, Integer> allowed;
    private final Map<OwnedKind, Limited> limited;
    private final Instant now;

    private Allowances(
        int most, Map<OwnedKind, Integer> allowed, Map<OwnedKind, Limited> limited, Instant now) {
      this.most = most;
      this.allowed = allowed;
      this.limited = limited;
      this.now = now;
    }

    int of(Line line) {
      return allowed.getOrDefault(kind(line), most);
    }

    /** Those of these runs that may be started; a kind has one allowance in all its lines. */
    List<Waiting> within(List<Waiting> ready) {
      var left = new HashMap<>(allowed);
      var startable = new ArrayList<Waiting>();
      for (var waiting : ready) {
        var kind = new OwnedKind(waiting.organization(), waiting.kind());
        if (!allowed.containsKey(kind) || left.merge(kind, -1, Integer::sum) >= 0) {
          startable.add(waiting);
        }
      }
      return startable;
    }

    /** Keeps note of what was started, for kinds whose starts are spread. */
    void spend(List<Line> started) {
      var counts =
          started.stream()
              .map(StartLimits::kind)
              .filter(limited::containsKey)
              .collect(Collectors.groupingBy(kind -> kind, Collectors.summingInt(_ -> 1)));
      counts.forEach((kind, count) -> {
        var its = limited.get(kind);
        if (its != null) {
          its.policy()
              .startsPerMinute()
              .ifPresent(rate ->
                  policies.saveNextStart(
                      kind, earliest(its.nextStart(), now).plus(gap(rate).multipliedBy(count))));
        }
      });
    }
  }
}
