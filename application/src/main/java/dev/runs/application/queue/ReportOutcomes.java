package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Collector;
import dev.runs.application.ItemResult;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.queue.JobMoves.Move;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.run.Runs;
import dev.runs.application.run.SuccessReports;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.validation.FailedValidation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the outcomes that workers report, and frees what they held. */
public final class ReportOutcomes {

  /** The most outcomes that are reported at once. */
  public static final int MOST_AT_ONCE = 1_000;

  private static final int TRIES = 3;

  /** What a worker says became of a run. */
  public record Report(Shown shown, Outcome outcome) {}

  private record Order(Caller caller, Report report) {}

  private final Runs runs;
  private final Jobs jobs;
  private final Leases leases;
  private final KindPolicies policies;
  private final JobMoves moves;
  private final SuccessReports successReports;
  private final Transactions transactions;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Collector<Order, QueuedRun> collector;

  /**
   * @param random spreads what is tried again
   * @param writers how many groups of single reports are written at the same time
   */
  public ReportOutcomes(
      Runs runs,
      Jobs jobs,
      Leases leases,
      KindPolicies policies,
      JobMoves moves,
      SuccessReports successReports,
      Transactions transactions,
      InstantSource clock,
      RandomGenerator random,
      int writers) {
    this.runs = runs;
    this.jobs = jobs;
    this.leases = leases;
    this.policies = policies;
    this.moves = moves;
    this.successReports = successReports;
    this.transactions = transactions;
    this.clock = clock;
    this.random = random;
    this.collector = new Collector<>(writers, this::each);
  }

  /**
   * Ends an attempt.
   *
   * @return the run as it is now; unchanged when the worker has said the same before
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws QueueRejected.StaleLease when the lease was taken away, or another outcome reported
   */
  public QueuedRun report(Caller caller, Report report) {
    caller.require(Scope.RUNS_CLAIM);
    return collector.submit(new Order(caller, report));
  }

  /** As {@link #report}, for each of them. */
  public List<ItemResult<QueuedRun>> reportEach(Caller caller, List<Report> reports) {
    caller.require(Scope.RUNS_CLAIM);
    if (reports.isEmpty() || reports.size() > MOST_AT_ONCE) {
      throw new RequestRejected.TooManyItems(MOST_AT_ONCE, reports.size());
    }
    return each(reports.stream().map(report -> new Order(caller, report)).toList());
  }

  private List<ItemResult<QueuedRun>> each(List<Order> orders) {
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

  private List<ItemResult<QueuedRun>> once(List<Order> orders) {
    var held = held(orders);
    var ids =
        orders.stream().map(order -> order.report().shown().run()).collect(Collectors.toSet());
    var found = runs.findAll(Reach.everywhere(), ids);
    var jobOf = jobs.findAll(ids);
    var policyOf = PolicyOf.these(policies, found, jobOf);
    var against = successReports.against(successful(orders, held));
    var now = clock.instant();
    var results = new ArrayList<ItemResult<QueuedRun>>(orders.size());
    var moved = new ArrayList<Move>();
    var ended = new HashMap<RunId, QueuedRun>();
    for (var order : orders) {
      var shown = order.report().shown();
      try {
        var queued = queued(order, found, jobOf);
        var before = ended.get(shown.run());
        if (before == null && isHeld(shown, held.get(shown.run()))) {
          var failed = against.getOrDefault(shown.run(), List.of());
          var backoff = policyOf.backoff(queued);
          var step =
              queued.end(
                  weighed(order.report().outcome(), failed),
                  Optional.of(shown.token()),
                  backoff,
                  random,
                  now);
          moved.add(Move.outcome(queued.run(), step, order.caller().principal(), reason(failed)));
          ended.put(shown.run(), step.after());
          results.add(new ItemResult.Done<>(step.after()));
        } else {
          results.add(
              new ItemResult.Done<>(repeated(order.report(), before == null ? queued : before)));
        }
      } catch (Rejection rejection) {
        results.add(new ItemResult.Refused<>(rejection));
      }
    }
    leases.removeAll(ended.keySet());
    moves.write(moved);
    keepOutputs(orders, results, ended.keySet());
    return results;
  }

  /** The runs whose success is reported by who holds them. */
  private static Set<RunId> successful(List<Order> orders, Map<RunId, Lease> held) {
    return orders.stream()
        .map(Order::report)
        .filter(report -> report.outcome() instanceof Outcome.Succeeded)
        .filter(report -> isHeld(report.shown(), held.get(report.shown().run())))
        .map(report -> report.shown().run())
        .collect(Collectors.toSet());
  }

  /** A success against which a validation stands that failed is none. */
  private static Outcome weighed(Outcome outcome, List<FailedValidation> against) {
    return outcome instanceof Outcome.Succeeded && SuccessReports.isStopped(against)
        ? new Outcome.Failed(SuccessReports.sentence(against), false, RunFailure.Kind.VERDICT)
        : outcome;
  }

  private static Optional<String> reason(List<FailedValidation> against) {
    return against.isEmpty() ? Optional.empty() : Optional.of(SuccessReports.sentence(against));
  }

  /** Each caller is shown only the leases within its own reach. */
  private Map<RunId, Lease> held(List<Order> orders) {
    var byReach =
        orders.stream()
            .collect(
                Collectors.groupingBy(
                    order -> order.caller().reach(),
                    Collectors.mapping(order -> order.report().shown(), Collectors.toSet())));
    var held = new HashMap<RunId, Lease>();
    byReach.forEach((reach, shown) -> held.putAll(leases.takeAll(reach, shown)));
    return held;
  }

  private static boolean isHeld(Shown shown, @Nullable Lease lease) {
    return lease != null && Shown.of(lease).equals(shown);
  }

  private static QueuedRun queued(Order order, Map<RunId, Run> found, Map<RunId, Job> jobOf) {
    var id = order.report().shown().run();
    var run = found.get(id);
    if (run == null
        || !order.caller().reach().includes(run.organization(), run.space().project())) {
      throw new RunRejected.NotFound();
    }
    var job = jobOf.get(id);
    if (job == null) {
      throw new QueueRejected.NotQueued(id);
    }
    return new QueuedRun(run, job);
  }

  private static QueuedRun repeated(Report report, QueuedRun queued) {
    var shown = report.shown();
    if (queued.repeats(report.outcome(), shown.attempt(), shown.token())) {
      return queued;
    }
    throw new QueueRejected.StaleLease(queued.run().id(), queued.run().stateName());
  }

  /** Of two reports on one run in the same group only the first has ended it. */
  private void keepOutputs(
      List<Order> orders, List<ItemResult<QueuedRun>> results, Set<RunId> ended) {
    for (var i = 0; i < orders.size(); i++) {
      var report = orders.get(i).report();
      if (results.get(i) instanceof ItemResult.Done<QueuedRun>
          && report.outcome() instanceof Outcome.Succeeded(_, var output)
          && output.isPresent()
          && ended.remove(report.shown().run())) {
        jobs.addOutput(report.shown().run(), output.get());
      }
    }
  }
}
