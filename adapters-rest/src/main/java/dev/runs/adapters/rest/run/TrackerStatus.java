package dev.runs.adapters.rest.run;

import dev.runs.domain.run.StateName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The cost tracker's three words for the states of a run. */
enum TrackerStatus {
  RUNNING,
  COMPLETED,
  FAILED;

  static TrackerStatus of(StateName state) {
    return switch (state) {
      case PENDING, QUEUED, WAITING_FOR_RESOURCES, INITIALIZING, RUNNING, PAUSED -> RUNNING;
      case SUCCEEDED -> COMPLETED;
      case FAILED, TIMED_OUT, CANCELED -> FAILED;
    };
  }

  /** Finds nothing when there is no such word. */
  static Optional<TrackerStatus> ofWord(String word) {
    return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All states that this is the word for. */
  Set<StateName> states() {
    return Arrays.stream(StateName.values())
        .filter(state -> of(state) == this)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(StateName.class)));
  }
}
