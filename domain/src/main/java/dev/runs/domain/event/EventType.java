package dev.runs.domain.event;

import dev.runs.domain.run.StateName;
import java.util.Arrays;

/** The kinds of things that happen to runs. */
public enum EventType {
  CREATED("run.created"),
  ENQUEUED("run.enqueued"),
  STARTED("run.started"),
  STATE_CHANGED("run.state_changed"),
  RETRIED("run.retried"),
  SUCCEEDED("run.succeeded"),
  FAILED("run.failed"),
  TIMED_OUT("run.timed_out"),
  CANCELED("run.canceled"),
  CANCEL_REQUESTED("run.cancel_requested"),
  COST_ADDED("run.cost_added"),
  VALIDATION_RECORDED("run.validation_recorded"),
  ATTEMPT_CHANGED("run.attempt_changed"),
  CLUSTER_EVENT("run.cluster_event"),
  PROGRESS("run.progress"),
  DELETED("run.deleted");

  private final String wireName;

  EventType(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether it tells that a run has ended, or is gone. */
  public boolean isEnd() {
    return switch (this) {
      case SUCCEEDED, FAILED, TIMED_OUT, CANCELED, DELETED -> true;
      case CREATED,
          ENQUEUED,
          STARTED,
          STATE_CHANGED,
          RETRIED,
          CANCEL_REQUESTED,
          COST_ADDED,
          VALIDATION_RECORDED,
          ATTEMPT_CHANGED,
          CLUSTER_EVENT,
          PROGRESS ->
          false;
    };
  }

  /** Whether it tells that a run has come to another state. */
  public boolean isOfState() {
    return switch (this) {
      case CREATED,
          ENQUEUED,
          STARTED,
          STATE_CHANGED,
          RETRIED,
          SUCCEEDED,
          FAILED,
          TIMED_OUT,
          CANCELED,
          DELETED ->
          true;
      case CANCEL_REQUESTED,
          COST_ADDED,
          VALIDATION_RECORDED,
          ATTEMPT_CHANGED,
          CLUSTER_EVENT,
          PROGRESS ->
          false;
    };
  }

  /** What is told when a run comes to this state. */
  public static EventType ofArrival(StateName state) {
    return switch (state) {
      case RUNNING -> STARTED;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED -> FAILED;
      case TIMED_OUT -> TIMED_OUT;
      case CANCELED -> CANCELED;
      case QUEUED -> ENQUEUED;
      case PENDING, WAITING_FOR_RESOURCES, INITIALIZING, PAUSED -> STATE_CHANGED;
    };
  }

  public static EventType ofWireName(String name) {
    return Arrays.stream(values())
        .filter(type -> type.wireName.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no event is called " + name));
  }
}
