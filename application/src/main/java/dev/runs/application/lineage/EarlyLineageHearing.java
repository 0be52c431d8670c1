package dev.runs.application.lineage;

import dev.runs.application.Transactions;
import dev.runs.application.lineage.EarlyLineage.Kept;
import dev.runs.application.lineage.LineageHearing.Outcome;
import dev.runs.domain.Rejection;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.run.RunRejected;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;

/**
 * Hears events that came too early, once the run they wait for is there.
 *
 * <p>Two transactions at the same moment may miss each other: so after its commit who made a run
 * looks whether anybody waits for it, and who waits looks whether the run came; of the two, the
 * later one sees the other. Each event is heard in a transaction of its own, so that one that is
 * refused takes nothing back of the others.
 */
public final class EarlyLineageHearing {

  private final LineageHearing hearing;
  private final LineageRuns lineageRuns;
  private final EarlyLineage early;
  private final Transactions transactions;

  public EarlyLineageHearing(
      LineageHearing hearing,
      LineageRuns lineageRuns,
      EarlyLineage early,
      Transactions transactions) {
    this.hearing = hearing;
    this.lineageRuns = lineageRuns;
    this.early = early;
    this.transactions = transactions;
  }

  /** Hears all that waits for a run, if it is there, and for what comes of that; after a commit. */
  void lookAgain(LineageKey run) {
    var left = new ArrayDeque<LineageKey>();
    left.add(run);
    while (!left.isEmpty()) {
      var next = nextFor(left.getFirst());
      if (next.isEmpty()) {
        left.removeFirst();
        continue;
      }
      switch (hear(next.get(), true)) {
        case MADE_RUN -> left.add(next.get().early().about());
        case DONE -> {}
        case WAITS -> left.removeFirst();
      }
    }
  }

  /**
   * Hears an event whose parent never came, and all that waits for its run. When the parent waits
   * itself, it is heard first: what is one tree stays one.
   */
  void hearWithoutParent(Kept kept) {
    var highest = highest(kept);
    if (hear(highest, false) == Step.MADE_RUN) {
      lookAgain(highest.early().about());
    }
  }

  private enum Step {
    MADE_RUN,
    DONE,
    WAITS
  }

  private Optional<Kept> nextFor(LineageKey run) {
    var waiting = hearing.find(run).flatMap(_ -> early.firstAwaiting(run));
    return waiting.isPresent()
        ? waiting
        : lineageRuns.find(run).flatMap(_ -> early.firstAbout(run));
  }

  /**
   * What is refused is dropped, for nobody waits for an answer; what only met somebody else in the
   * way stays until the next sweep.
   */
  private Step hear(Kept kept, boolean mayWait) {
    try {
      return LineageHearing.retrying(
          () -> transactions.inTransaction(() -> hearOnce(kept, mayWait)));
    } catch (RunRejected.ChangedMeanwhile | PipelineRejected.ChangedMeanwhile _) {
      return Step.WAITS;
    } catch (Rejection _) {
      transactions.inTransaction(() -> early.remove(kept.number()));
      return Step.DONE;
    }
  }

  private Step hearOnce(Kept kept, boolean mayWait) {
    if (!early.remove(kept.number())) {
      return Step.DONE;
    }
    var its = kept.early();
    return switch (hearing.hear(its.teller(), its.event(), mayWait)) {
      case Outcome.Told(_, var isNew) -> isNew ? Step.MADE_RUN : Step.DONE;
      case Outcome.Waits _ -> Step.WAITS;
    };
  }

  /** Follows what waits for what waits, up to what waits for nothing that waits. */
  private Kept highest(Kept kept) {
    var seen = new HashSet<LineageKey>();
    var highest = kept;
    while (seen.add(highest.early().about())) {
      var above = early.firstAbout(highest.early().awaits());
      if (above.isEmpty()) {
        return highest;
      }
      highest = above.get();
    }
    return highest;
  }
}
