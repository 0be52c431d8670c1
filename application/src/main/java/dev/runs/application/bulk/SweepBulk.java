package dev.runs.application.bulk;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.ItemResult;
import dev.runs.application.Transactions;
import dev.runs.application.access.PresentRights;
import dev.runs.application.audit.Auditor;
import dev.runs.application.queue.CancelMark;
import dev.runs.application.queue.Cancellations;
import dev.runs.application.queue.RunAgain;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.RunList;
import dev.runs.application.run.RunList.Order;
import dev.runs.application.run.Runs;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries bulk operations on, in small transactions, each of which holds both what is done to the
 * runs and how far the operation has come. So a server that dies goes on exactly where it was, and
 * any number of them may sweep at once.
 */
public final class SweepBulk {

  /** How many runs one transaction looks at. */
  public static final int AT_ONCE = 100;

  /** The code of what fails for a fault of the service. */
  static final String FAULT = "internal_error";

  private final BulkOperations operations;
  private final PresentRights rights;
  private final Runs runs;
  private final RunList list;
  private final Cancellations cancellations;
  private final CancelMark cancelMark;
  private final RunAgain runAgain;
  private final Auditor auditor;
  private final BulkFaults faults;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final AtomicReference<@Nullable BulkId> sweptLast = new AtomicReference<>();

  public SweepBulk(
      BulkOperations operations,
      PresentRights rights,
      Runs runs,
      RunList list,
      Cancellations cancellations,
      CancelMark cancelMark,
      RunAgain runAgain,
      Auditor auditor,
      BulkFaults faults,
      Transactions transactions,
      Ids ids,
      InstantSource clock) {
    this.operations = operations;
    this.rights = rights;
    this.runs = runs;
    this.list = list;
    this.cancellations = cancellations;
    this.cancelMark = cancelMark;
    this.runAgain = runAgain;
    this.auditor = auditor;
    this.faults = faults;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Some runs of an operation, as they were chosen.
   *
   * @param isLast whether none is left behind them
   */
  private record Batch(BulkOperation operation, List<RunId> runs, boolean isLast) {}

  /**
   * Does a batch of one of the operations that are running: of each in turn, so that none waits for
   * a large one.
   *
   * @return whether there may be more to do
   */
  public boolean sweep() {
    var last = Optional.ofNullable(sweptLast.get());
    var next = operations.nextRunning(last).or(() -> operations.nextRunning(Optional.empty()));
    if (next.isEmpty()) {
      sweptLast.set(null);
      return false;
    }
    // at once: when this batch fails, the others get their turns all the same
    sweptLast.set(next.get().id());
    if (!rights.may(next.get().actor(), next.get().organization(), Scope.RUNS_WRITE)) {
      transactions.inTransaction(() -> stop(next.get()));
      return true;
    }
    var batch = transactions.inSnapshot(() -> batch(next.get()));
    try {
      inOneTransaction(batch);
    } catch (RuntimeException e) {
      if (batch.runs().isEmpty()) {
        throw e;
      }
      oneByOne(batch);
    }
    return true;
  }

  /** Whoever asked for it may not do so any more. */
  private boolean stop(BulkOperation seen) {
    var operation = operations.take(seen.id());
    if (operation.version() == seen.version()) {
      var code = new AccessRejected.ScopeMissing(Scope.RUNS_WRITE).code();
      operations.save(operation.stoppedFor(code, clock.instant()));
      auditor.noteOf(
          Principal.SYSTEM,
          Origin.LOCAL,
          Optional.of(operation.organization()),
          AuditAction.BULK_STOPPED,
          "bulk:" + operation.id(),
          Map.of("examined", Long.toString(operation.tally().examined()), "why", code));
    }
    return true;
  }

  /** So a run to which nothing can be done holds up no other one. */
  private void oneByOne(Batch batch) {
    var operation = Optional.of(batch.operation());
    var left = batch.runs().size();
    for (var run : batch.runs()) {
      left--;
      if (operation.isPresent()) {
        operation = one(new Batch(operation.get(), List.of(run), batch.isLast() && left == 0));
      }
    }
  }

  private Optional<BulkOperation> one(Batch batch) {
    try {
      return inOneTransaction(batch);
    } catch (Rejection e) {
      return transactions.inTransaction(() -> passOver(batch, e.code()));
    } catch (RuntimeException e) {
      var passed = transactions.inTransaction(() -> passOver(batch, FAULT));
      passed.ifPresent(operation -> faults.tell(operation.id(), batch.runs().getFirst(), e));
      return passed;
    }
  }

  private Optional<BulkOperation> passOver(Batch batch, String code) {
    return taken(batch)
        .map(operation -> saved(batch, operation, operation.tally().withFailed(code)));
  }

  private Optional<BulkOperation> inOneTransaction(Batch batch) {
    return NewRunWriter.retrying(() -> transactions.inTransaction(() -> carryOn(batch)));
  }

  /** Looked up before the transaction, for a filter may have to pass over very many runs. */
  private Batch batch(BulkOperation operation) {
    var chosen =
        switch (operations.choice(operation.id())) {
          case BulkChoice.Selected(var all) ->
              all.stream()
                  .filter(run ->
                      operation.place().isEmpty() || run.compareTo(operation.place().get()) > 0)
                  .limit(AT_ONCE)
                  .toList();
          case BulkChoice.Matching(var filter) ->
              list
                  .byCreation(
                      Reach.within(operation.organization()),
                      filter,
                      filter.stretch(ids).through(operation.through()),
                      Order.OLDEST_FIRST,
                      operation.place(),
                      AT_ONCE)
                  .stream()
                  .map(Run::id)
                  .toList();
        };
    return new Batch(operation, chosen, chosen.size() < AT_ONCE);
  }

  /**
   * Does nothing when somebody else was faster.
   *
   * @return how far the operation has come thereby
   */
  private Optional<BulkOperation> carryOn(Batch batch) {
    return taken(batch).map(operation -> carriedOn(batch, operation));
  }

  private Optional<BulkOperation> taken(Batch batch) {
    return Optional.of(operations.take(batch.operation().id()))
        .filter(operation -> operation.version() == batch.operation().version());
  }

  private BulkOperation carriedOn(Batch batch, BulkOperation operation) {
    if (batch.runs().isEmpty()) {
      var done = operation.done(clock.instant());
      operations.save(done);
      return done;
    }
    var found = runs.findAll(Reach.within(operation.organization()), batch.runs());
    var there = batch.runs().stream().flatMap(id -> Optional.ofNullable(found.get(id)).stream());
    var tally = operation.tally();
    for (var i = found.size(); i < batch.runs().size(); i++) {
      tally = tally.withSkipped(new RunRejected.NotFound().code());
    }
    tally =
        switch (operation.action()) {
          case CANCEL -> cancel(operation, there.toList(), tally);
          case RETRY -> retry(operation, there.toList(), tally);
        };
    return saved(batch, operation, tally);
  }

  private BulkOperation saved(Batch batch, BulkOperation operation, BulkTally tally) {
    var further =
        operation.carriedOn(tally, batch.runs().getLast(), batch.isLast(), clock.instant());
    operations.save(further);
    return further;
  }

  /** What lies below a run that is being canceled is canceled with it, and needs no mark. */
  private BulkTally cancel(BulkOperation operation, List<Run> some, BulkTally before) {
    var tally = before;
    var live = some.stream().filter(run -> run.stateName().isLive()).toList();
    for (var run : some) {
      if (run.stateName().isTerminal()) {
        tally = tally.withSkipped(hasEnded(run));
      }
    }
    var caller = caller(operation);
    var marked = new HashSet<>(cancellations.markedAmong(live.stream().map(Run::path).toList()));
    var markedHere = new HashSet<RunId>();
    for (var run : live) {
      if (marked.contains(run.path()) || run.path().ids().stream().anyMatch(markedHere::contains)) {
        tally = tally.withDone();
      } else if (cancelMark.set(caller, run, Optional.empty(), details(operation))) {
        markedHere.add(run.id());
        tally = tally.withDone();
      } else {
        // it has ended since it was read
        tally = tally.withSkipped(hasEnded(run));
      }
    }
    return tally;
  }

  private static String hasEnded(Run run) {
    return new RunRejected.IllegalMove(run, StateName.CANCELED).code();
  }

  private BulkTally retry(BulkOperation operation, List<Run> some, BulkTally before) {
    var tally = before;
    for (var result : runAgain.all(caller(operation), some, details(operation))) {
      tally =
          switch (result) {
            case ItemResult.Done<MadeRun> _ -> tally.withDone();
            case ItemResult.Refused<MadeRun>(var rejection) when isNoStateForIt(rejection) ->
                tally.withSkipped(rejection.code());
            case ItemResult.Refused<MadeRun>(var rejection) -> tally.withFailed(rejection.code());
          };
    }
    return tally;
  }

  private static boolean isNoStateForIt(Rejection rejection) {
    return rejection instanceof QueueRejected.NotQueued
        || rejection instanceof QueueRejected.NotFinished;
  }

  private static Map<String, String> details(BulkOperation operation) {
    return Map.of("bulk", operation.id().toString());
  }

  /** Who asked for the operation and where from, with what it takes to carry it out. */
  private static Caller caller(BulkOperation operation) {
    var access =
        new Access(
            operation.actor(),
            Reach.within(operation.organization()),
            Scopes.of(Scope.RUNS_WRITE),
            Optional.empty());
    return new Caller(access, operation.organization(), operation.origin().orElse(Origin.LOCAL));
  }
}
