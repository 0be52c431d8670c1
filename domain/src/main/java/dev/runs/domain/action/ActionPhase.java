package dev.runs.domain.action;

import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an action is, in the words of those who execute actions. Each stands for a state of its
 * run; a pending run reads as {@link #QUEUED}, and {@link #RECOVERED} is a success that was taken
 * over from an earlier run.
 */
public enum ActionPhase {
  QUEUED(1, StateName.QUEUED),
  WAITING_FOR_RESOURCES(2, StateName.WAITING_FOR_RESOURCES),
  INITIALIZING(3, StateName.INITIALIZING),
  RUNNING(4, StateName.RUNNING),
  SUCCEEDED(5, StateName.SUCCEEDED),
  FAILED(6, StateName.FAILED),
  ABORTED(7, StateName.CANCELED),
  TIMED_OUT(8, StateName.TIMED_OUT),
  PAUSED(9, StateName.PAUSED),
  RECOVERED(10, StateName.SUCCEEDED);

  private static final String PREFIX = "PHASE_";

  private final int number;
  private final StateName state;

  ActionPhase(int number, StateName state) {
    this.number = number;
    this.state = state;
  }

  /** The number that the protocol has for it, from 1. */
  public int number() {
    return number;
  }

  /** The state of the run that is in this phase. */
  public StateName state() {
    return state;
  }

  public boolean isTerminal() {
    return state.isTerminal();
  }

  /** The states that read as this word. */
  public Set<StateName> alike() {
    return this == QUEUED ? Set.of(StateName.PENDING, StateName.QUEUED) : Set.of(state);
  }

  /**
   * The state in which a run is when it is in this phase.
   *
   * @param at when it ended, if it has
   * @param failure why it failed, if it did and anybody said
   */
  public RunState toState(Instant at, @Nullable RunFailure failure) {
    return switch (this) {
      case SUCCEEDED, RECOVERED -> new RunState.Succeeded(at);
      case FAILED -> new RunState.Failed(at, failure == null ? RunFailure.UNEXPLAINED : failure);
      case ABORTED -> new RunState.Canceled(at);
      case TIMED_OUT -> new RunState.TimedOut(at);
      case QUEUED, WAITING_FOR_RESOURCES, INITIALIZING, RUNNING, PAUSED -> RunState.live(state);
    };
  }

  /**
   * The phase of a run.
   *
   * @param isRecovered whether its success was taken over from an earlier run
   */
  public static ActionPhase of(StateName state, boolean isRecovered) {
    return switch (state) {
      case PENDING, QUEUED -> QUEUED;
      case WAITING_FOR_RESOURCES -> WAITING_FOR_RESOURCES;
      case INITIALIZING -> INITIALIZING;
      case RUNNING -> RUNNING;
      case PAUSED -> PAUSED;
      case SUCCEEDED -> isRecovered ? RECOVERED : SUCCEEDED;
      case FAILED -> FAILED;
      case TIMED_OUT -> TIMED_OUT;
      case CANCELED -> ABORTED;
    };
  }

  /** Finds nothing for a number that is none of a phase. */
  public static Optional<ActionPhase> ofNumber(int number) {
    return Arrays.stream(values()).filter(phase -> phase.number == number).findFirst();
  }

  /**
   * A phase by its number or name: {@code 4}, {@code RUNNING}, {@code PHASE_RUNNING} and {@code
   * ACTION_PHASE_RUNNING} are one, in any case of letters.
   */
  public static Optional<ActionPhase> ofText(String text) {
    var name = text.toUpperCase(Locale.ROOT);
    var prefix = name.indexOf(PREFIX);
    var bare = prefix < 0 ? name : name.substring(prefix + PREFIX.length());
    return Arrays.stream(values())
        .filter(phase -> phase.name().equals(bare) || Integer.toString(phase.number).equals(name))
        .findFirst();
  }
}
