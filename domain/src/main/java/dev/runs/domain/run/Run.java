package dev.runs.domain.run;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunState.Terminal;
import dev.runs.domain.run.RunTransition.Mover;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one task, and what has become of it.
 *
 * <p>A run is a value: each verb returns the run as it is afterwards, or throws {@link RunRejected}
 * and changes nothing. Time comes in with what is reported; a run never asks for it.
 *
 * @param path the ids from its root to itself
 * @param user on whose behalf it was made; null when nobody was named
 * @param attempt the number of the current attempt, counted from 1; 0 before a queued run's first
 * @param startedAt when its first attempt began; null before
 * @param version counts saves, so that two writers cannot both win; 1 when new
 */
public record Run(
    RunPath path,
    OrganizationId organization,
    RunSpace space,
    RunName name,
    RunOrigin origin,
    RunLabels labels,
    @Nullable UserId user,
    Dispatch dispatch,
    RunState state,
    int attempt,
    @Nullable Instant startedAt,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  /** A run that its client has begun to execute and will report on. */
  public static Run tracked(
      RunPath path,
      OrganizationId organization,
      RunSpace space,
      RunName name,
      RunOrigin origin,
      RunLabels labels,
      @Nullable UserId user,
      Instant now) {
    return new Run(
        path,
        organization,
        space,
        name,
        origin,
        labels,
        user,
        Dispatch.TRACKED,
        new RunState.Running(),
        1,
        now,
        now,
        now,
        1);
  }

  /**
   * A run that its client executes and that stands somewhere already.
   *
   * @param startedAt when it started; null when it has not
   */
  public static Run begun(
      RunPath path,
      OrganizationId organization,
      RunSpace space,
      RunName name,
      RunOrigin origin,
      RunLabels labels,
      @Nullable UserId user,
      RunState state,
      @Nullable Instant startedAt,
      Instant now) {
    return new Run(
        path,
        organization,
        space,
        name,
        origin,
        labels,
        user,
        Dispatch.TRACKED,
        state,
        1,
        startedAt,
        now,
        now,
        1);
  }

  /** A run that waits until its executor takes it up, who will report on it. */
  public static Run awaited(
      RunPath path,
      OrganizationId organization,
      RunSpace space,
      RunName name,
      RunOrigin origin,
      Instant now) {
    return reported(path, organization, space, name, origin, new RunState.Queued(), null, now, now);
  }

  /** A run that waits for somebody's decision, on which its executor will report. */
  public static Run awaiting(
      RunPath path,
      OrganizationId organization,
      RunSpace space,
      RunName name,
      RunOrigin origin,
      Instant now) {
    return reported(path, organization, space, name, origin, new RunState.Paused(), null, now, now);
  }

  /**
   * A run that is told of only when it has ended.
   *
   * @param startedAt not after its end
   */
  public static Run past(
      RunPath path,
      OrganizationId organization,
      RunSpace space,
      RunName name,
      RunOrigin origin,
      Instant startedAt,
      Terminal end) {
    return reported(
        path, organization, space, name, origin, end, startedAt, startedAt, end.endedAt());
  }

  private static Run reported(
      RunPath path,
      OrganizationId organization,
      RunSpace space,
      RunName name,
      RunOrigin origin,
      RunState state,
      @Nullable Instant startedAt,
      Instant createdAt,
      Instant updatedAt) {
    return new Run(
        path,
        organization,
        space,
        name,
        origin,
        RunLabels.NONE,
        null,
        Dispatch.TRACKED,
        state,
        1,
        startedAt,
        createdAt,
        updatedAt,
        1);
  }

  /** A run that waits here until a worker claims it. */
  public static Run queued(
      RunPath path,
      OrganizationId organization,
      RunSpace space,
      RunName name,
      RunOrigin origin,
      Instant now) {
    return new Run(
        path,
        organization,
        space,
        name,
        origin,
        RunLabels.NONE,
        null,
        Dispatch.QUEUED,
        new RunState.Queued(),
        0,
        null,
        now,
        now,
        1);
  }

  public RunId id() {
    return path.run();
  }

  public @Nullable RunId parent() {
    return path.parent();
  }

  public StateName stateName() {
    return state.name();
  }

  /** When it ended; null while it is live. */
  public @Nullable Instant endedAt() {
    return state instanceof Terminal ended ? ended.endedAt() : null;
  }

  /** Whether a gate or a suite said no to it. */
  public boolean isRefusedByVerdict() {
    return state instanceof RunState.Failed(_, var failure)
        && failure.kind() == RunFailure.Kind.VERDICT;
  }

  /**
   * The same, known to have started earlier than was known before.
   *
   * @return this very run when that says nothing new
   */
  public Run startedBy(Instant moment) {
    return startedAt == null || !moment.isBefore(startedAt)
        ? this
        : new Run(
            path,
            organization,
            space,
            name,
            origin,
            labels,
            user,
            dispatch,
            state,
            attempt,
            moment,
            createdAt,
            updatedAt,
            version + 1);
  }

  /** Whether it was made in the tracker's later form, which is stricter about costs. */
  public boolean isOfLaterForm() {
    return labels.app() != null;
  }

  /**
   * Takes note of a report.
   *
   * <p>Terminal is final: only an executor's report of a higher attempt reopens a run that failed
   * or timed out. Within an attempt a live run is where it got furthest, except that a paused run
   * may run again; what comes late says nothing new.
   *
   * @return the run as it is now; this very run when the report says nothing new
   * @throws RunRejected.IllegalMove when the run has ended otherwise
   * @throws RunRejected.LeasedElsewhere when only the holder of its lease may say so
   */
  public Run report(RunReport report) {
    if (report.attempt() > attempt && report.reporter() == RunReport.Reporter.EXECUTOR) {
      return nextAttempt(report);
    }
    var isLate = report.attempt() != RunReport.CURRENT_ATTEMPT && report.attempt() < attempt;
    if (isLate || report.alike().contains(stateName())) {
      return this;
    }
    if (dispatch == Dispatch.QUEUED) {
      throw new RunRejected.LeasedElsewhere(id());
    }
    return isBehind(report.state().name()) ? this : move(report.state(), attempt, report.at());
  }

  /**
   * A worker has claimed it: its next attempt runs.
   *
   * @throws RunRejected.IllegalMove when it does not wait
   */
  public Run claimed(Instant at) {
    if (stateName() != StateName.QUEUED) {
      throw new RunRejected.IllegalMove(this, StateName.RUNNING);
    }
    return with(new RunState.Running(), attempt + 1, at);
  }

  /**
   * Its attempt is over, and it waits for the next one.
   *
   * @throws RunRejected.IllegalMove when it is not executed
   */
  public Run requeued(Instant at) {
    if (!RunTransition.isAllowed(stateName(), StateName.QUEUED, Mover.NEXT_ATTEMPT)
        || stateName().isTerminal()) {
      throw new RunRejected.IllegalMove(this, StateName.QUEUED);
    }
    return with(new RunState.Queued(), attempt, at);
  }

  /**
   * Whoever drives it has ended it.
   *
   * @throws RunRejected.IllegalMove when it has ended already
   */
  public Run ended(Terminal end) {
    return move(end, attempt, end.endedAt());
  }

  private Run nextAttempt(RunReport report) {
    var to = report.state();
    if (dispatch == Dispatch.QUEUED) {
      throw new RunRejected.LeasedElsewhere(id());
    }
    if (stateName().isTerminal()) {
      return reopened(report);
    }
    var startsOver = RunTransition.isAllowed(stateName(), to.name(), Mover.NEXT_ATTEMPT);
    var stays = to.name() == stateName();
    return startsOver || stays
        ? with(to, report.attempt(), report.at())
        : move(to, report.attempt(), report.at());
  }

  /** A report of a later attempt that ended, in one step: it was reopened and has ended again. */
  private Run reopened(RunReport report) {
    var to = report.state();
    var again = to.name().isTerminal() ? StateName.RUNNING : to.name();
    if (RunTransition.isAllowed(stateName(), again, Mover.NEXT_ATTEMPT)) {
      return with(to, report.attempt(), report.at());
    }
    if (report.alike().contains(stateName())) {
      return this;
    }
    throw new RunRejected.IllegalMove(this, to.name());
  }

  private boolean isBehind(StateName reported) {
    return reported.isLive()
        && stateName().isLive()
        && !(stateName() == StateName.PAUSED && reported == StateName.RUNNING)
        && reported.compareTo(stateName()) < 0;
  }

  private Run move(RunState next, int attempt, Instant at) {
    if (!RunTransition.isAllowed(stateName(), next.name(), Mover.REPORT)) {
      throw new RunRejected.IllegalMove(this, next.name());
    }
    return with(next, attempt, at);
  }

  private Run with(RunState next, int attempt, Instant at) {
    var started = startedAt == null && next.name() == StateName.RUNNING ? at : startedAt;
    return new Run(
        path,
        organization,
        space,
        name,
        origin,
        labels,
        user,
        dispatch,
        next,
        attempt,
        started,
        createdAt,
        at,
        version + 1);
  }
}
