package dev.runs.domain.action;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an attempt's life in one phase.
 *
 * @param endedAt when the next phase began; for a terminal phase its own start; null for the phase
 *     in which the attempt still is
 */
public record PhaseTransition(ActionPhase phase, Instant startedAt, @Nullable Instant endedAt) {

  /** That an attempt was in a phase at a moment. */
  public record Seen(ActionPhase phase, long version, Instant at) implements Comparable<Seen> {

    private static final Comparator<Seen> ORDER =
        Comparator.comparing(Seen::at)
            .thenComparing(seen -> seen.phase.isTerminal())
            .thenComparing(Seen::phase)
            .thenComparing(Seen::version);

    @Override
    public int compareTo(Seen other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * All stretches, in the order of time, the same whatever the order in which they were told; of
   * one phase in a row there is one.
   */
  public static List<PhaseTransition> of(List<Seen> told) {
    var changes = new ArrayList<Seen>();
    for (var seen : told.stream().sorted().toList()) {
      if (changes.isEmpty() || changes.getLast().phase() != seen.phase()) {
        changes.add(seen);
      }
    }
    var transitions = new ArrayList<PhaseTransition>(changes.size());
    for (var i = 0; i < changes.size(); i++) {
      var change = changes.get(i);
      var own = change.phase().isTerminal() ? change.at() : null;
      transitions.add(
          new PhaseTransition(
              change.phase(), change.at(), i + 1 < changes.size() ? changes.get(i + 1).at() : own));
    }
    return List.copyOf(transitions);
  }
}
