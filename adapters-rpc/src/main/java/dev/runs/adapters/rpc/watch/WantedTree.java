package dev.runs.adapters.rpc.watch;

import dev.runs.application.action.ActionView;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which actions of a tree a client sees: those it wants, and all that stand above one it wants. An
 * action that is seen no more is told once, so that the client can let go of it.
 */
final class WantedTree {

  private final ActionFilter filter;

  /** The runs that the client wants, and what stands above each. */
  private final Map<RunId, RunPath> wanted = new HashMap<>();

  /** How many wanted runs there are at or below a run. */
  private final Map<RunId, Integer> wantedWithin = new HashMap<>();

  private final Set<RunId> seen = new HashSet<>();

  WantedTree(ActionFilter filter) {
    this.filter = filter;
  }

  /**
   * Takes note of how actions are now.
   *
   * @return those that are seen now or no more although they may not have changed themselves:
   *     everything above an action that is wanted now, or no more
   */
  Set<RunId> note(Collection<ActionView> actions) {
    if (filter.isAll()) {
      return Set.of();
    }
    var touched = new LinkedHashSet<RunId>();
    for (var action : actions) {
      var path = action.run().path();
      var isWanted = filter.includes(action);
      if (isWanted && wanted.putIfAbsent(path.run(), path) == null) {
        count(path, 1, touched);
      } else if (!isWanted && wanted.remove(path.run()) != null) {
        count(path, -1, touched);
      }
    }
    return touched;
  }

  /** Takes note that a run is gone with all below it. */
  void forget(RunPath gone) {
    var lost = wanted.values().stream().filter(path -> path.isWithin(gone)).toList();
    for (var path : lost) {
      wanted.remove(path.run());
      count(path, -1, new HashSet<>());
    }
  }

  private void count(RunPath path, int more, Set<RunId> touched) {
    for (var id : path.ids()) {
      wantedWithin.merge(id, more, Integer::sum);
      touched.add(id);
    }
  }

  /**
   * Whether the client is to be told of an action.
   *
   * @return whether it is among those it sees; nothing when it need not be told
   */
  Optional<Boolean> isTold(RunId run) {
    if (filter.isAll() || wantedWithin.getOrDefault(run, 0) > 0) {
      seen.add(run);
      return Optional.of(filter.isAll() || wanted.containsKey(run));
    }
    return seen.remove(run) ? Optional.of(false) : Optional.empty();
  }
}
