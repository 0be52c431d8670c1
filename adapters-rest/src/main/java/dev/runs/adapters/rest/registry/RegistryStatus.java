package dev.runs.adapters.rest.registry;

import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a run goes, in the words of the pipeline registry. Each word stands for all states that read
 * so there.
 */
public enum RegistryStatus {
  PENDING(EnumSet.of(StateName.PENDING, StateName.QUEUED)),
  RUNNING(EnumSet.range(StateName.WAITING_FOR_RESOURCES, StateName.PAUSED)),
  COMPLETED(EnumSet.of(StateName.SUCCEEDED)),
  FAILED(EnumSet.of(StateName.FAILED, StateName.TIMED_OUT)),
  CANCELLED(EnumSet.of(StateName.CANCELED));

  private final Set<StateName> states;

  RegistryStatus(Set<StateName> states) {
    this.states = Set.copyOf(states);
  }

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The states that read as this word. */
  public Set<StateName> states() {
    return states;
  }

  public static RegistryStatus of(StateName state) {
    return Arrays.stream(values())
        .filter(status -> status.states.contains(state))
        .findFirst()
        .orElseThrow();
  }

  /** Finds nothing when no status is called so. */
  public static Optional<RegistryStatus> ofWord(String word) {
    return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst();
  }

  /** All words, for a sentence. */
  public static String words() {
    return Arrays.stream(values()).map(RegistryStatus::word).collect(Collectors.joining(", "));
  }

  /** The state that is meant by who says no more than the word. */
  public RunState state(Instant now) {
    return switch (this) {
      case PENDING -> new RunState.Pending();
      case RUNNING -> new RunState.Running();
      case COMPLETED -> new RunState.Succeeded(now);
      case FAILED -> new RunState.Failed(now, RunFailure.UNEXPLAINED);
      case CANCELLED -> new RunState.Canceled(now);
    };
  }

  /** What a client reports who says no more than the word. */
  public RunReport report(Instant now) {
    return RunReport.byClient(state(now), states, now);
  }
}
