package dev.runs.domain.queue;

import dev.runs.domain.access.OrganizationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * Deals ready runs out to a worker that serves several organizations: one of each in turn, so that
 * a million of one do not hold up the only one of another. Within an organization the higher
 * priority comes first, then what is ready longer.
 */
public final class FairShare {

  private static final Comparator<Waiting> FIRST =
      Comparator.comparing((Waiting waiting) -> -waiting.priority().value())
          .thenComparing(Waiting::readyAt)
          .thenComparing(Waiting::run);

  private FairShare() {}

  /**
   * @param ready of any organizations, in any order
   * @param most how many to choose, at least 1
   * @param turn decides which organization is first; any number
   */
  public static List<Waiting> of(List<Waiting> ready, int most, int turn) {
    var byOrganization =
        new TreeMap<OrganizationId, List<Waiting>>(Comparator.comparing(OrganizationId::value));
    for (var waiting : ready) {
      byOrganization.computeIfAbsent(waiting.organization(), _ -> new ArrayList<>()).add(waiting);
    }
    var round = new ArrayDeque<Deque<Waiting>>();
    for (var ofOne : byOrganization.values()) {
      ofOne.sort(FIRST);
      round.add(new ArrayDeque<>(ofOne));
    }
    for (var skipped = 0;
        !round.isEmpty() && skipped < Math.floorMod(turn, round.size());
        skipped++) {
      round.addLast(round.removeFirst());
    }
    var chosen = new ArrayList<Waiting>();
    while (chosen.size() < most && !round.isEmpty()) {
      var next = round.removeFirst();
      chosen.add(next.removeFirst());
      if (!next.isEmpty()) {
        round.addLast(next);
      }
    }
    return chosen;
  }
}
