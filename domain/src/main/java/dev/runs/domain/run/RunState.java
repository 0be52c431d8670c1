package dev.runs.domain.run;

import java.time.Instant;

/**
 * Where a run is in its life, with the facts that hold only there. {@link RunTransition} says which
 * state may follow which.
 */
public sealed interface RunState {

  /** A state in which more is expected to happen. */
  sealed interface Live extends RunState {}

  /** A state that ends the run. */
  sealed interface Terminal extends RunState {
    Instant endedAt();
  }

  /** Known, and not yet asked to be executed. */
  record Pending() implements Live {}

  /** Waits to be executed. */
  record Queued() implements Live {}

  /** Its executor waits for machines. */
  record WaitingForResources() implements Live {}

  /** Its executor prepares it. */
  record Initializing() implements Live {}

  /** Is executed. */
  record Running() implements Live {}

  /** Waits for somebody's decision. */
  record Paused() implements Live {}

  record Succeeded(Instant endedAt) implements Terminal {}

  record Failed(Instant endedAt, RunFailure failure) implements Terminal {}

  record TimedOut(Instant endedAt) implements Terminal {}

  record Canceled(Instant endedAt) implements Terminal {}

  default StateName name() {
    return switch (this) {
      case Pending _ -> StateName.PENDING;
      case Queued _ -> StateName.QUEUED;
      case WaitingForResources _ -> StateName.WAITING_FOR_RESOURCES;
      case Initializing _ -> StateName.INITIALIZING;
      case Running _ -> StateName.RUNNING;
      case Paused _ -> StateName.PAUSED;
      case Succeeded _ -> StateName.SUCCEEDED;
      case Failed _ -> StateName.FAILED;
      case TimedOut _ -> StateName.TIMED_OUT;
      case Canceled _ -> StateName.CANCELED;
    };
  }

  /**
   * The live state of this name.
   *
   * @throws IllegalArgumentException when the name is that of a terminal state
   */
  static Live live(StateName name) {
    return switch (name) {
      case PENDING -> new Pending();
      case QUEUED -> new Queued();
      case WAITING_FOR_RESOURCES -> new WaitingForResources();
      case INITIALIZING -> new Initializing();
      case RUNNING -> new Running();
      case PAUSED -> new Paused();
      case SUCCEEDED, FAILED, TIMED_OUT, CANCELED ->
          throw new IllegalArgumentException(name + " is terminal");
    };
  }
}
