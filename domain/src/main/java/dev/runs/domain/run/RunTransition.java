package dev.runs.domain.run;

import static dev.runs.domain.run.StateName.CANCELED;
import static dev.runs.domain.run.StateName.FAILED;
import static dev.runs.domain.run.StateName.INITIALIZING;
import static dev.runs.domain.run.StateName.PAUSED;
import static dev.runs.domain.run.StateName.PENDING;
import static dev.runs.domain.run.StateName.QUEUED;
import static dev.runs.domain.run.StateName.RUNNING;
import static dev.runs.domain.run.StateName.SUCCEEDED;
import static dev.runs.domain.run.StateName.TIMED_OUT;
import static dev.runs.domain.run.StateName.WAITING_FOR_RESOURCES;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every move a run can make: the one place where its life is written down. What {@code GET
 * /v1/run-states} serves and the diagram in {@code docs/run-lifecycle.md} come from this table.
 */
public enum RunTransition {
  ENQUEUE(EnumSet.of(PENDING), EnumSet.of(QUEUED), Mover.REPORT),
  AWAIT_RESOURCES(EnumSet.of(PENDING, QUEUED), EnumSet.of(WAITING_FOR_RESOURCES), Mover.REPORT),
  INITIALIZE(
      EnumSet.of(PENDING, QUEUED, WAITING_FOR_RESOURCES), EnumSet.of(INITIALIZING), Mover.REPORT),
  START(EnumSet.range(PENDING, INITIALIZING), EnumSet.of(RUNNING), Mover.REPORT),
  PAUSE(EnumSet.range(PENDING, RUNNING), EnumSet.of(PAUSED), Mover.REPORT),
  RESUME(EnumSet.of(PAUSED), EnumSet.of(RUNNING), Mover.REPORT),
  SUCCEED(EnumSet.range(PENDING, PAUSED), EnumSet.of(SUCCEEDED), Mover.REPORT),
  FAIL(EnumSet.range(PENDING, PAUSED), EnumSet.of(FAILED), Mover.REPORT),
  TIME_OUT(EnumSet.range(PENDING, PAUSED), EnumSet.of(TIMED_OUT), Mover.REPORT),
  CANCEL(EnumSet.range(PENDING, PAUSED), EnumSet.of(CANCELED), Mover.REPORT),
  /** The next attempt of a live run starts over. */
  RETRY(
      EnumSet.range(WAITING_FOR_RESOURCES, PAUSED),
      EnumSet.range(QUEUED, INITIALIZING),
      Mover.NEXT_ATTEMPT),
  /** An executor tries again what had ended badly. */
  REOPEN(EnumSet.of(FAILED, TIMED_OUT), EnumSet.range(QUEUED, PAUSED), Mover.NEXT_ATTEMPT);

  /** What it takes to make a move. */
  public enum Mover {
    /** A report of whoever drives the run: its client, its lease-holder, its executor. */
    REPORT,
    /** A report of an attempt with a higher number than the run's. */
    NEXT_ATTEMPT;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Set<StateName> from;
  private final Set<StateName> to;
  private final Mover mover;

  RunTransition(Set<StateName> from, Set<StateName> to, Mover mover) {
    this.from = Set.copyOf(from);
    this.to = Set.copyOf(to);
    this.mover = mover;
  }

  public boolean allows(StateName from, StateName to) {
    return this.from.contains(from) && this.to.contains(to) && from != to;
  }

  public Mover mover() {
    return mover;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a run may go from one state to the other by such a mover. */
  public static boolean isAllowed(StateName from, StateName to, Mover mover) {
    return Arrays.stream(values())
        .anyMatch(transition -> transition.mover == mover && transition.allows(from, to));
  }

  /** The states that a report can move a run to from here. */
  public static Set<StateName> allowedFrom(StateName from) {
    return Arrays.stream(StateName.values())
        .filter(to -> isAllowed(from, to, Mover.REPORT))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(StateName.class)));
  }
}
