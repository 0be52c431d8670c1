package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Collector;
import dev.runs.application.ItemResult;
import dev.runs.application.Transactions;
import dev.runs.application.queue.JobMoves.Move;
import dev.runs.application.queue.Leases.NewLease;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.application.queue.WaitingRuns.Wanted;
import dev.runs.application.run.RunJobs;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.FairShare;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives ready runs to workers, each to one. */
public final class ClaimRuns {

  /** The most runs that a worker can claim at once. */
  public static final int MOST_AT_ONCE = 100;

  /** The longest that a worker can wait. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** The most kinds that a worker can name. */
  public static final int MOST_KINDS = 100;

  /** At how many lines a claim looks; the next claim begins elsewhere. */
  static final int MOST_LINES = 256;

  private static final int TRIES = 3;

  /**
   * @param kinds the only ones; empty means all
   * @param limit 1 to {@value #MOST_AT_ONCE}
   * @param lease how long the worker may be silent
   */
  public record Request(WorkerId worker, Set<Kind> kinds, int limit, Duration lease) {

    /**
     * @throws QueueRejected.BadLimit when something lies outside its bounds
     */
    public Request {
      kinds = Set.copyOf(kinds);
      if (limit < 1 || limit > MOST_AT_ONCE) {
        throw new QueueRejected.BadLimit("limit", 1, MOST_AT_ONCE);
      }
      if (kinds.size() > MOST_KINDS) {
        throw new QueueRejected.TooManyKinds(MOST_KINDS);
      }
      JobLimits.checkLease(lease);
    }
  }

  /** A run with what a worker needs to execute it. */
  public record Claimed(Run run, Job job, Lease lease, Payload input) {}

  private final Runs runs;
  private final Jobs jobs;
  private final WaitingRuns waiting;
  private final Leases leases;
  private final Cancellations cancellations;
  private final StartLimits limits;
  private final JobMoves moves;
  private final ReadyBell bell;
  private final Transactions transactions;
  private final Supplier<LeaseToken> tokens;
  private final InstantSource clock;
  private final AtomicInteger turn = new AtomicInteger();
  private final Collector<Order, List<Claimed>> collector;

  /** What one caller asks for. */
  private record Order(Caller caller, Request request) {

    Sought sought() {
      return new Sought(caller.reach(), request.kinds());
    }
  }

  /** What those look for who can share what they find. */
  private record Sought(Reach reach, Set<Kind> kinds) {}

  /**
   * @param tokens where new tokens come from; nobody can guess one
   * @param writers how many groups of claims are written at the same time
   */
  public ClaimRuns(
      Runs runs,
      Jobs jobs,
      WaitingRuns waiting,
      Leases leases,
      Cancellations cancellations,
      StartLimits limits,
      JobMoves moves,
      ReadyBell bell,
      Transactions transactions,
      Supplier<LeaseToken> tokens,
      InstantSource clock,
      int writers) {
    this.runs = runs;
    this.jobs = jobs;
    this.waiting = waiting;
    this.leases = leases;
    this.cancellations = cancellations;
    this.limits = limits;
    this.moves = moves;
    this.bell = bell;
    this.transactions = transactions;
    this.tokens = tokens;
    this.clock = clock;
    this.collector = new Collector<>(writers, this::each);
  }

  /**
   * Claims what is ready within the caller's reach, and waits a while for it.
   *
   * @param wait zero to {@link #LONGEST_WAIT}
   * @return those that were claimed, the most urgent of each organization first; nothing when
   *     nothing became ready in time, or when this node is to stop
   */
  public List<Claimed> claim(Caller caller, Request request, Duration wait) {
    caller.require(Scope.RUNS_CLAIM);
    var end = System.nanoTime() + wait.toNanos();
    var order = new Order(caller, request);
    // whoever listens before the first look misses nothing that comes after it
    try (var listener = bell.listen(caller.reach(), request.kinds())) {
      var claimed = collector.submit(order);
      while (claimed.isEmpty() && listener.hears(end)) {
        claimed = collector.submit(order);
      }
      return claimed;
    }
  }

  private List<ItemResult<List<Claimed>>> each(List<Order> orders) {
    for (var attempt = 1; ; attempt++) {
      try {
        return transactions.inTransaction(() -> once(orders));
      } catch (RunRejected.ChangedMeanwhile e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /** A bell wakes all who wait for the same: they look together, and share what is there. */
  private List<ItemResult<List<Claimed>>> once(List<Order> orders) {
    var claimed = new IdentityHashMap<Order, List<Claimed>>();
    orders.stream()
        .collect(Collectors.groupingBy(Order::sought, LinkedHashMap::new, Collectors.toList()))
        .forEach((sought, alike) ->
            within(MOST_AT_ONCE, alike)
                .forEach(some -> claimed.putAll(dealt(some, startedFor(sought, some)))));
    return orders.stream()
        .<ItemResult<List<Claimed>>>map(
            order -> new ItemResult.Done<>(claimed.getOrDefault(order, List.of())))
        .toList();
  }

  /** Cuts orders, in their turn, where they would want more together. */
  private static List<List<Order>> within(int most, List<Order> orders) {
    var parts = new ArrayList<List<Order>>();
    var left = 0;
    for (var order : orders) {
      if (order.request().limit() > left) {
        parts.add(new ArrayList<>());
        left = most;
      }
      parts.getLast().add(order);
      left -= order.request().limit();
    }
    return parts;
  }

  private static IdentityHashMap<Order, List<Claimed>> dealt(
      List<Order> orders, List<Claimed> claimed) {
    var dealt = new IdentityHashMap<Order, List<Claimed>>();
    var next = claimed.iterator();
    for (var order : orders) {
      var its = new ArrayList<Claimed>();
      while (next.hasNext() && its.size() < order.request().limit()) {
        its.add(next.next());
      }
      dealt.put(order, its);
    }
    return dealt;
  }

  /** As many as the orders want together, those of the first order first. */
  private List<Claimed> startedFor(Sought sought, List<Order> orders) {
    var limit = orders.stream().mapToInt(order -> order.request().limit()).sum();
    var lines = waiting.linesWithReady(sought.reach(), sought.kinds(), MOST_LINES);
    if (lines.isEmpty()) {
      return List.of();
    }
    var allowances = limits.take(lines, limit);
    var open = lines.stream().filter(line -> allowances.of(line) > 0).toList();
    var chosen = open.isEmpty() ? List.<Waiting>of() : chosen(open, limit, allowances);
    if (chosen.isEmpty()) {
      return List.of();
    }
    var claimed = started(orders, chosen);
    allowances.spend(claimed.stream().map(one -> line(one.run(), one.job())).toList());
    return claimed;
  }

  /**
   * At first a few of each line are looked at, for what is looked at is kept from others: of each
   * organization twice its share, however many lines it has. Where that is too little, more of
   * those lines that have more.
   */
  private List<Waiting> chosen(List<Line> lines, int limit, StartLimits.Allowances allowances) {
    var few = few(lines, limit);
    var taken =
        waiting.takeFirst(
            wanted(lines, line -> few.getOrDefault(line.organization(), limit), allowances));
    var ready = allowances.within(taken);
    if (ready.size() < limit) {
      var counts =
          taken.stream()
              .collect(Collectors.groupingBy(ClaimRuns::line, Collectors.summingInt(_ -> 1)));
      var longer =
          lines.stream()
              .filter(line -> counts.getOrDefault(line, 0).equals(few.get(line.organization())))
              .toList();
      var more = waiting.takeFirst(wanted(longer, _ -> limit, allowances));
      var others = taken.stream().filter(one -> !longer.contains(line(one)));
      ready = allowances.within(Stream.concat(others, more.stream()).toList());
    }
    var chosen = FairShare.of(ready, limit, turn.getAndIncrement());
    waiting.removeAll(chosen.stream().map(Waiting::run).toList());
    return chosen;
  }

  /** Of each line of an organization. */
  private static Map<OrganizationId, Integer> few(List<Line> lines, int limit) {
    var linesOf =
        lines.stream()
            .collect(Collectors.groupingBy(Line::organization, Collectors.summingInt(_ -> 1)));
    var share = Math.ceilDiv(2 * limit, linesOf.size());
    linesOf.replaceAll((_, count) -> Math.min(limit, Math.ceilDiv(share, count)));
    return linesOf;
  }

  private static List<Wanted> wanted(
      List<Line> lines, ToIntFunction<Line> most, StartLimits.Allowances allowances) {
    return lines.stream()
        .sorted()
        .map(line -> new Wanted(line, Math.min(most.applyAsInt(line), allowances.of(line))))
        .filter(one -> one.most() > 0)
        .toList();
  }

  private static Line line(Waiting waiting) {
    return new Line(waiting.organization(), waiting.project(), waiting.kind());
  }

  /** What is canceled or deleted meanwhile leaves the line here, and is not started. */
  private List<Claimed> started(List<Order> orders, List<Waiting> chosen) {
    var seats =
        orders.stream()
            .flatMap(order -> Collections.nCopies(order.request().limit(), order).stream())
            .iterator();
    var now = clock.instant();
    var chosenIds = chosen.stream().map(Waiting::run).toList();
    var found = runs.findAll(Reach.everywhere(), chosenIds);
    var jobOf = jobs.findAll(chosenIds);
    var canceled = canceled(found);
    var moved = new ArrayList<Move>();
    var newLeases = new ArrayList<NewLease>();
    for (var one : chosen) {
      var run = found.get(one.run());
      var job = jobOf.get(one.run());
      if (run != null
          && job != null
          && run.stateName() == StateName.QUEUED
          && !canceled.contains(run.path())) {
        var order = seats.next();
        var step = new QueuedRun(run, job).claim(order.request().worker(), now);
        moved.add(Move.claim(run, step, order.caller().principal(), one.readyAt()));
        newLeases.add(newLease(step.after(), order.request()));
      }
    }
    var leased = leases.addAll(newLeases);
    moves.write(moved);
    var payloads = jobs.payloads(leased.keySet());
    return moved.stream().map(move -> claimed(move.after(), leased, payloads)).toList();
  }

  private Set<RunPath> canceled(Map<RunId, Run> found) {
    return cancellations.markedAmong(
        found.values().stream().map(Run::path).collect(Collectors.toSet()));
  }

  private static Claimed claimed(
      QueuedRun queued, Map<RunId, Lease> leased, Map<RunId, RunJobs.Payloads> payloads) {
    var id = queued.run().id();
    return new Claimed(
        queued.run(),
        queued.job(),
        Objects.requireNonNull(leased.get(id), "a run that was claimed has a lease"),
        Objects.requireNonNull(payloads.get(id), "a queued run has an input").input());
  }

  private NewLease newLease(QueuedRun queued, Request request) {
    var run = queued.run();
    return new NewLease(
        run.id(),
        run.organization(),
        run.space().project(),
        queued.job().kind(),
        run.attempt(),
        tokens.get(),
        request.worker(),
        request.lease(),
        queued.job().timeout());
  }

  private static Line line(Run run, Job job) {
    return new Line(run.organization(), run.space().project(), job.kind());
  }
}
