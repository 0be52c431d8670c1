package dev.runs.bootstrap;

import dev.runs.application.access.ForgetSessions;
import dev.runs.application.access.NoteKeyUses;
import dev.runs.application.action.SweepEarlyReports;
import dev.runs.application.cost.FoldCostDays;
import dev.runs.application.event.SequenceEvents;
import dev.runs.application.idempotency.AnswerOnce;
import dev.runs.application.lineage.SweepEarlyLineage;
import dev.runs.application.rollup.FoldLedger;
import dev.runs.application.run.DeleteRun;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one background loop: it gives events their order soon after they were committed, folds the
 * ledger twice a second, and goes on with what was left unfinished. Several nodes may each run it
 * on one database: what it does is right whoever does it.
 */
final class LedgerKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerKeeper.class);

  /** Between two rounds, so that what is committed meanwhile is done together. */
  private static final long GATHERING_MILLIS = 5;

  /** A round comes at the latest after this, for other nodes and processes write too. */
  private static final long LONGEST_REST_MILLIS = 500;

  private static final long FOLDING_MILLIS = 500;
  private static final long TIDYING_MILLIS = 60_000;

  /** After a failure, so that a database that is away is not asked without a pause. */
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  /** Batches of one kind in a round, so that none waits for ever for another. */
  private static final int MOST_BATCHES = 20;

  private final SequenceEvents sequenceEvents;
  private final FoldLedger foldLedger;
  private final FoldCostDays foldCostDays;
  private final DeleteRun deleteRun;
  private final AnswerOnce answerOnce;
  private final ForgetSessions forgetSessions;
  private final NoteKeyUses noteKeyUses;
  private final SweepEarlyReports sweepEarlyReports;
  private final SweepEarlyLineage sweepEarlyLineage;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;
  private volatile boolean isClosed;
  private long foldedAt;
  private long tidiedAt;

  private LedgerKeeper(
      SequenceEvents sequenceEvents,
      FoldLedger foldLedger,
      FoldCostDays foldCostDays,
      DeleteRun deleteRun,
      AnswerOnce answerOnce,
      ForgetSessions forgetSessions,
      NoteKeyUses noteKeyUses,
      SweepEarlyReports sweepEarlyReports,
      SweepEarlyLineage sweepEarlyLineage) {
    this.sequenceEvents = sequenceEvents;
    this.foldLedger = foldLedger;
    this.foldCostDays = foldCostDays;
    this.deleteRun = deleteRun;
    this.answerOnce = answerOnce;
    this.forgetSessions = forgetSessions;
    this.noteKeyUses = noteKeyUses;
    this.sweepEarlyReports = sweepEarlyReports;
    this.sweepEarlyLineage = sweepEarlyLineage;
    this.thread = Thread.ofPlatform().name("ledger-keeper").daemon().unstarted(this::run);
  }

  static LedgerKeeper start(
      SequenceEvents sequenceEvents,
      FoldLedger foldLedger,
      FoldCostDays foldCostDays,
      DeleteRun deleteRun,
      AnswerOnce answerOnce,
      ForgetSessions forgetSessions,
      NoteKeyUses noteKeyUses,
      SweepEarlyReports sweepEarlyReports,
      SweepEarlyLineage sweepEarlyLineage) {
    var keeper =
        new LedgerKeeper(
            sequenceEvents,
            foldLedger,
            foldCostDays,
            deleteRun,
            answerOnce,
            forgetSessions,
            noteKeyUses,
            sweepEarlyReports,
            sweepEarlyLineage);
    keeper.thread.start();
    return keeper;
  }

  /** Something was committed. What the loop itself commits does not wake it. */
  void wake() {
    if (Thread.currentThread() != thread && wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    wakeUps.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed) {
      try {
        round();
        rest(GATHERING_MILLIS);
      } catch (RuntimeException e) {
        LOG.warn("The ledger's loop was disturbed and goes on: {}", e.toString());
        rest(PAUSE_AFTER_FAILURE_MILLIS);
      }
    }
  }

  private void round() {
    var mayRest = !repeat(sequenceEvents::sequence);
    var now = System.nanoTime();
    if (now - foldedAt >= TimeUnit.MILLISECONDS.toNanos(FOLDING_MILLIS)) {
      mayRest &= !repeat(foldLedger::fold);
      mayRest &= !repeat(foldCostDays::fold);
      mayRest &= !repeat(deleteRun::sweep);
      mayRest &= !repeat(noteKeyUses::note);
      foldedAt = System.nanoTime();
    }
    if (now - tidiedAt >= TimeUnit.MILLISECONDS.toNanos(TIDYING_MILLIS)) {
      mayRest &= !repeat(answerOnce::forgetOld);
      mayRest &= !repeat(forgetSessions::forget);
      mayRest &= !repeat(sweepEarlyReports::sweep);
      mayRest &= !repeat(sweepEarlyLineage::sweep);
      tidiedAt = now;
    }
    if (mayRest) {
      waitForWork();
    }
  }

  /**
   * @return whether there may be more to do
   */
  private boolean repeat(BooleanSupplier batch) {
    for (var i = 0; i < MOST_BATCHES && !isClosed; i++) {
      if (!batch.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private void waitForWork() {
    try {
      if (wakeUps.tryAcquire(LONGEST_REST_MILLIS, TimeUnit.MILLISECONDS)) {
        wakeUps.drainPermits();
      }
    } catch (InterruptedException e) {
      isClosed = true;
    }
  }

  private void rest(long millis) {
    try {
      if (!isClosed) {
        Thread.sleep(millis);
      }
    } catch (InterruptedException e) {
      isClosed = true;
    }
  }
}
